package dev.larder.disk.crash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.Cache;
import dev.larder.CacheException;
import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import dev.larder.FailurePolicy;
import dev.larder.Health;
import dev.larder.Larder;
import dev.larder.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Places that cannot be used: who asks for them is told why in words, what is there stays as it is,
 * and where reads may do without their store the cache works in memory and says so.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RefusalTest {
  @TempDir private Path folder;
  private Path file;
  private Leftovers leftovers;

  @BeforeEach
  void name() {
    file = folder.resolve("cache.db");
    leftovers = new Leftovers(folder);
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    leftovers.assertNone();
  }

  private static Cache<String, String> open(Larder larder, Path file, FailurePolicy policy) {
    return larder.create(
        CacheSpec.of("cache", String.class, String.class)
            .topology("disk")
            .option("disk.path", file.toString())
            .option("disk.durability", "each-write")
            .onFailure(policy)
            .build());
  }

  /** Refused with these words, whatever reads do when their store fails. */
  private static void assertMistake(Path file, String words) {
    for (var policy : FailurePolicy.values()) {
      try (var larder = Larder.builder().open()) {
        var refused = assertThrows(ConfigurationException.class, () -> open(larder, file, policy));
        assertSaid(refused, file, words);
      }
    }
  }

  /** Refused with these words, or done without. */
  private static void assertUnusable(Path file, String words) {
    try (var larder = Larder.builder().open()) {
      var refused =
          assertThrows(StoreException.class, () -> open(larder, file, FailurePolicy.FAIL));
      assertSaid(refused, file, words);
      assertFalse(larder.find("cache").isPresent());
    }
    assertDoneWithout(file, FailurePolicy.MISS, words);
    assertDoneWithout(file, FailurePolicy.SERVE_STALE, words);
  }

  private static void assertSaid(CacheException refused, Path file, String words) {
    var message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(words), message);
    assertTrue(message.contains(file.toString()), message);
  }

  private static void assertDoneWithout(Path file, FailurePolicy policy, String words) {
    try (var larder = Larder.builder().open()) {
      var cache = open(larder, file, policy);
      cache.put("a", "1");
      assertEquals("1", cache.get("a"));
      cache.batch(batch -> batch.put("b", "2").remove("a"));
      assertEquals(1, cache.size());
      var health = cache.control().health();
      assertEquals(Health.Status.DEGRADED, health.status());
      assertTrue(health.reasons().toString().contains("memory only"), health::toString);
      assertTrue(health.reasons().toString().contains(words), health::toString);
    }
  }

  /** A file of ours in that place, with an entry. */
  private void make() {
    try (var larder = Larder.builder().open()) {
      open(larder, file, FailurePolicy.FAIL).put("kept", "value");
    }
  }

  private void assertKept() {
    try (var larder = Larder.builder().open()) {
      assertEquals("value", open(larder, file, FailurePolicy.FAIL).get("kept"));
    }
  }

  private void sql(String... statements) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      for (var text : statements) {
        statement.execute(text);
      }
    }
  }

  @Test
  void aDirectoryIsRefused() throws IOException {
    Files.createDirectory(file);
    assertMistake(file, "is a directory");
    assertTrue(Folder.files(file).isEmpty());
  }

  @Test
  void aPathThroughAFileIsRefused() throws IOException {
    Files.writeString(file, "text");
    assertMistake(file.resolve("below.db"), "which is not a directory");
    assertEquals("text", Files.readString(file));
  }

  @Test
  void aTextFileIsLeftAsItIs() throws IOException {
    Files.writeString(file, "A letter to nobody. ".repeat(50));
    var bytes = Files.readAllBytes(file);
    assertUnusable(file, "is not a Larder file");
    assertArrayEquals(bytes, Files.readAllBytes(file));
    assertEquals(1, Folder.files(folder).size(), () -> "only the letter may be there");
  }

  @Test
  void aDatabaseOfAnotherApplicationIsLeftAsItIs() throws Exception {
    sql("PRAGMA application_id = 7", "CREATE TABLE t(a)", "INSERT INTO t VALUES ('theirs')");
    var bytes = Files.readAllBytes(file);
    assertUnusable(file, "belongs to another application");
    assertArrayEquals(bytes, Files.readAllBytes(file));
    assertEquals(1, Folder.files(folder).size());
  }

  @Test
  void aDatabaseOfNobodyIsLeftAsItIs() throws Exception {
    sql("CREATE TABLE t(a)", "INSERT INTO t VALUES ('somebody')");
    var bytes = Files.readAllBytes(file);
    assertUnusable(file, "belongs to another application");
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  @Test
  void aNewerFormatIsLeftAsItIs() throws Exception {
    make();
    sql("PRAGMA user_version = 99", "UPDATE file SET format = 99", "PRAGMA wal_checkpoint");
    var bytes = Files.readAllBytes(file);
    assertUnusable(file, "written by a newer version of Larder");
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  @Test
  void aFileThatAnotherProcessHasIsLeftToIt() throws Exception {
    try (var other = Child.start(Holder.class, file.toString(), "theirs")) {
      other.awaitWord("OPEN");
      assertUnusable(file, "is used by another process");
      other.kill();
    }
    try (var larder = Larder.builder().open()) {
      assertEquals("theirs", open(larder, file, FailurePolicy.FAIL).get("theirs"));
    }
  }

  @Test
  void aCacheIsOpenOnceInAProcessButManyShareAFile() {
    make();
    try (var one = Larder.builder().open();
        var two = Larder.builder().open()) {
      open(one, file, FailurePolicy.FAIL);
      var refused = assertThrows(StoreException.class, () -> open(two, file, FailurePolicy.FAIL));
      assertSaid(refused, file, "already open");
      var beside =
          two.create(
              CacheSpec.of("beside", String.class, String.class)
                  .topology("disk")
                  .option("disk.path", file.toString())
                  .build());
      beside.put("kept", "of another cache");
      assertEquals("of another cache", beside.iterator().next().value());
    }
    assertKept();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPlaceWhereNoFileCanBeMadeIsSaidToBeOne() {
    assertUnusable(Path.of("/proc/larder/cache.db"), "cannot be used");
  }

  @Test
  void aDirectoryThatMayNotBeWrittenIsSaidToBeOne() throws IOException {
    var closed =
        Files.createDirectory(
            folder.resolve("closed"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
    assumeTrue(!Files.isWritable(closed), "root may write to any directory");
    assertUnusable(closed.resolve("cache.db"), "cannot be used");
    assertTrue(Folder.files(closed).isEmpty());
  }

  @Test
  void aFileThatMayNotBeWrittenIsSaidToBeOne() throws IOException {
    make();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    assumeTrue(!Files.isWritable(file), "root may write to any file");
    assertUnusable(file, "cannot be written");
  }
}
