package dev.larder.disk;

import static dev.larder.disk.Rows.key;
import static dev.larder.disk.Rows.row;
import static dev.larder.disk.Rows.totals;
import static dev.larder.disk.Rows.written;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheException;
import dev.larder.ConfigurationException;
import dev.larder.StoreException;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a file is, and what is said when it cannot be opened. */
class DiskFileTest {
  @TempDir Path folder;

  private Path file;

  private Table open(Path path) {
    return DiskFiles.open(path.toString(), "c", DiskSettings.usual(), () -> {});
  }

  private Path at(String name) {
    file = folder.resolve(name);
    return file;
  }

  private <E extends CacheException> void refuses(Class<E> kind, Path path, String... words) {
    var message = assertThrows(kind, () -> open(path)).getMessage();
    for (var word : words) {
      assertTrue(message.contains(word), message);
    }
    assertTrue(message.contains(path.getFileName().toString()), message);
  }

  private Path made() {
    var table = open(at("a.db"));
    table.commit(written(totals(1, 1), row(1, "k", "v")), true);
    table.close();
    return file;
  }

  @Test
  void aDirectoryIsNoFile() throws IOException {
    Files.createDirectory(at("here"));
    refuses(ConfigurationException.class, file, "is a directory");
  }

  @Test
  void aLinkToNothingIsLeftAsItIs() throws IOException {
    Files.createSymbolicLink(at("link"), Path.of("nowhere"));
    refuses(ConfigurationException.class, file, "a link to nothing");
    assertTrue(Files.isSymbolicLink(file));
  }

  @Test
  void aPipeIsLeftAsItIs() throws Exception {
    var pipe = at("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    refuses(ConfigurationException.class, pipe, "a pipe");
    assertFalse(Files.isRegularFile(pipe));
  }

  @Test
  void noScanSortsWhatItReads() throws Exception {
    var file = made();
    for (var sql :
        new String[] {
          Sql.BELOW, Sql.COUNT, Sql.COLDEST, Sql.FIRST, Sql.AFTER, Sql.EXPIRED, Sql.LATEST
        }) {
      try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          var plan = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql).executeQuery()) {
        while (plan.next()) {
          assertFalse(plan.getString("detail").contains("TEMP B-TREE"), sql);
        }
      }
    }
  }

  @Test
  void aFileIsNoDirectory() throws IOException {
    Files.createFile(at("here"));
    refuses(ConfigurationException.class, file.resolve("a.db"), "which is not a directory");
  }

  @Test
  void aPathMustNameAFile() {
    for (var path : new String[] {"", "  ", "/", "a\0b"}) {
      var e =
          assertThrows(
              ConfigurationException.class,
              () -> DiskFiles.open(path, "c", DiskSettings.usual(), () -> {}));
      assertTrue(e.getMessage().contains("disk.path"), e.getMessage());
    }
  }

  @Test
  void directoriesAreMadeForThisUserAlone() throws IOException {
    open(at("one/two/a.db")).close();
    assertEquals("rwx------", permissions(file.getParent()));
    assertEquals("rw-------", permissions(file));
    assertEquals("rw-------", permissions(Path.of(file + ".lock")));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsSaid() {
    // Not even the superuser makes files here.
    refuses(StoreException.class, Path.of("/proc/larder.db"), "cannot be used");
  }

  @Test
  void aFileThatIsNoDatabaseIsLeftAsItIs() throws IOException {
    Files.writeString(at("notes.txt"), "dear diary, ".repeat(100));
    refuses(StoreException.class, file, "is no SQLite database", "left as it is");
    assertEquals("dear diary, ".repeat(100), Files.readString(file));
    onlyThatFile();
  }

  @Test
  void aDatabaseOfAnotherApplicationIsLeftAsItIs() throws IOException, SQLException {
    run(at("theirs.db"), "PRAGMA application_id = 42", "CREATE TABLE t(a)");
    var before = Files.readAllBytes(file);
    refuses(StoreException.class, file, "belongs to another application", "42");
    assertArrayEquals(before, Files.readAllBytes(file));
    onlyThatFile();
  }

  @Test
  void aDatabaseWithoutAnApplicationIsNotOurs() throws IOException, SQLException {
    run(at("theirs.db"), "CREATE TABLE t(a)");
    refuses(StoreException.class, file, "belongs to another application");
    onlyThatFile();
  }

  @Test
  void aNewerFormatIsLeftAsItIs() throws IOException, SQLException {
    run(
        made(),
        "PRAGMA user_version = 2",
        "UPDATE file SET format = 2",
        "PRAGMA journal_mode = DELETE");
    var before = Files.readAllBytes(file);
    refuses(StoreException.class, file, "format 2", "newer version of Larder");
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  private void onlyThatFile() throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  private static void run(Path path, String... statements) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void aLockOfSomebodyElseIsNotOverwritten() throws IOException {
    Files.writeString(folder.resolve("a.db.lock"), "process 4711, started on a Tuesday");
    refuses(ConfigurationException.class, at("a.db"), "in the way");
    assertEquals(
        "process 4711, started on a Tuesday", Files.readString(folder.resolve("a.db.lock")));
  }

  @Test
  void oneProcessAtATime() throws IOException, InterruptedException {
    made();
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var other =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var said = other.inputReader()) {
      assertEquals("open", said.readLine());
      refuses(StoreException.class, file, "used by another process");
      refuses(StoreException.class, file, "used by another process");
    } finally {
      other.getOutputStream().close();
      other.waitFor();
    }
    var table = open(file);
    assertEquals(row(1, "k", "v"), table.read(key("k"), true));
    table.close();
  }

  /** Holds a file until its input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      var table = DiskFiles.open(arguments[0], "c", DiskSettings.usual(), () -> {});
      System.out.println("open");
      while (System.in.read() >= 0) {}
      table.close();
    }
  }

  @Test
  void anotherClassLoaderIsRefusedAndOtherProcessesStillAre()
      throws IOException, InterruptedException, ReflectiveOperationException {
    var table = open(at("a.db"));
    try (var loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      var other =
          loader.loadClass(Holder.class.getName()).getDeclaredMethod("main", String[].class);
      other.setAccessible(true);
      var arguments = new Object[] {new String[] {file.toString()}};
      var refused =
          assertThrows(InvocationTargetException.class, () -> other.invoke(null, arguments))
              .getCause();
      assertEquals(StoreException.class.getName(), refused.getClass().getName());
      assertTrue(refused.getMessage().contains("another class loader"), refused::getMessage);
    }
    assertFalse(opensElsewhere());
    table.close();
    assertTrue(opensElsewhere());
  }

  private static URL[] classPath() throws IOException {
    var urls = new ArrayList<URL>();
    for (var part : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(part).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  /** Whether another process may open the file. */
  private boolean opensElsewhere() throws IOException, InterruptedException {
    var other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var said = other.inputReader()) {
      return said.readLine() != null;
    } finally {
      other.getOutputStream().close();
      other.waitFor();
    }
  }

  @Test
  void oneUserOfACacheAtATime() {
    var table = open(at("a.db"));
    refuses(StoreException.class, file, "already open", "'c'");
    var e =
        assertThrows(
            StoreException.class,
            () -> DiskFiles.destroy(file.toString(), "c", DiskSettings.usual()));
    assertTrue(e.getMessage().contains("already open"), e.getMessage());
    table.close();
    table.close();
    open(file).close();
  }

  @Test
  void oneFileByTwoPathsIsOneFile() throws IOException {
    var table = open(at("a.db"));
    Files.createSymbolicLink(folder.resolve("link.db"), file);
    var other =
        DiskFiles.open(
            folder.resolve("link.db").toString(), "other", DiskSettings.usual(), () -> {});
    other.commit(written(totals(1, 1), row(1, "k", "v")), true);
    assertEquals(Set.of("c", "other"), DiskFiles.names(file.toString(), DiskSettings.usual()));
    other.close();
    table.close();
  }

  @Test
  void aFileThatIsNotThereHasNoNames() {
    assertEquals(Set.of(), DiskFiles.names(at("a.db").toString(), DiskSettings.usual()));
    assertFalse(Files.exists(file));
  }

  @Test
  void anEmptyFileIsANewOne() throws IOException {
    Files.createFile(at("a.db"));
    var table = open(file);
    assertEquals(List.of(), table.problems());
    table.close();
  }

  @Test
  void useAfterClosingIsRefused() {
    var table = open(at("a.db"));
    table.close();
    assertThrows(StoreException.class, () -> table.read(key("k"), true));
    assertThrows(
        StoreException.class, () -> table.commit(written(totals(1, 1), row(1, "k", "v")), true));
  }

  @Test
  void aTickAfterClosingLeavesTheFileAlone() {
    var table = open(at("a.db"));
    table.close();
    table.tick();
    table.close();
    assertFalse(Files.exists(Path.of(file + "-wal")));
  }

  @Test
  void whatWasOursAndIsNoDatabaseAnyMoreMovesAside() throws IOException {
    Files.writeString(made(), "no longer");
    startsEmpty("first bytes");
    assertEquals("no longer", Files.readString(folder.resolve("a.db.ruined-1")));
  }

  @Test
  void aFileCutToNothingMovesAside() throws IOException {
    Files.write(made(), new byte[0]);
    startsEmpty("first bytes");
  }

  @Test
  void otherTablesThanOursMoveAside() throws SQLException {
    run(made(), "DROP INDEX e_la");
    startsEmpty("tables are not ours");
  }

  @Test
  void aDamagedHeaderIsNotANewerFormat() throws IOException {
    made();
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {0x10}), 60);
    }
    startsEmpty("first bytes are damaged");
  }

  @Test
  void aLostLogIsNoticed() throws IOException {
    made();
    var table = open(file);
    table.commit(written(totals(2, 1), row(1, "k", "new", 2, 2, 9)), true);
    var copy = Files.createDirectory(folder.resolve("copy"));
    Files.copy(file, copy.resolve("a.db"));
    Files.copy(Path.of(file + ".lock"), copy.resolve("a.db.lock"));
    table.close();
    file = copy.resolve("a.db");
    startsEmpty("lost 2 commits");
  }

  private void startsEmpty(String why) {
    var table = open(file);
    assertNull(table.read(key("k"), true));
    assertEquals(totals(0, 0), table.totals());
    assertTrue(table.problems().toString().contains(why), table.problems()::toString);
    assertTrue(Files.exists(Path.of(file + ".ruined-1")));
    table.commit(written(totals(1, 1), row(1, "k", "again")), true);
    table.close();
    var again = open(file);
    assertEquals(row(1, "k", "again"), again.read(key("k"), true));
    assertEquals(List.of(), again.problems());
    again.close();
  }

  @Test
  void threeRuinsAreKept() throws IOException {
    made();
    for (int times = 1; times <= 5; times++) {
      Files.writeString(file, "ruin " + times);
      open(file).close();
    }
    assertEquals("ruin 5", Files.readString(folder.resolve("a.db.ruined-1")));
    assertEquals("ruin 4", Files.readString(folder.resolve("a.db.ruined-2")));
    assertEquals("ruin 3", Files.readString(folder.resolve("a.db.ruined-3")));
    assertFalse(Files.exists(folder.resolve("a.db.ruined-4")));
  }
}
