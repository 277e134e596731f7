package dev.larder.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.SnapshotException;
import dev.larder.codec.Snapshots.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is not a whole, unaltered snapshot for the cache is refused, and the cache is as before. */
class DamagedSnapshotTest {
  record Point(int x, int y) {}

  private static final Map<String, String> THERE = Map.of("there", "before");

  private final Caches caches = new Caches();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    caches.close();
  }

  private Path file() {
    return folder.resolve("snapshot");
  }

  private byte[] saved(Format format) throws IOException {
    var cache = caches.of(String.class, String.class);
    cache.put("a", "1", Duration.ofHours(1));
    cache.put("b", "2");
    Snapshots.save(cache, file(), format);
    return Files.readAllBytes(file());
  }

  private Cache<String, String> full() {
    var cache = caches.of(String.class, String.class);
    cache.putAll(THERE);
    return cache;
  }

  private String refusal(Cache<?, ?> cache) {
    var thrown = assertThrows(SnapshotException.class, () -> Snapshots.restore(cache, file()));
    var message = String.valueOf(thrown.getMessage());
    assertTrue(message.contains(file().toString()), message);
    return message;
  }

  @ParameterizedTest
  @EnumSource
  void everyFlippedBitIsFound(Format format) throws IOException {
    var bytes = saved(format);
    var cache = full();
    // Every bit of the compact one; one bit in seven, so of every byte one at least, of the other.
    for (int bit = 0; bit < bytes.length * 8; bit += format == Format.CBOR ? 1 : 7) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file(), bytes);
      var message = refusal(cache);
      assertTrue(message.contains("byte "), message);
      assertEquals(THERE, Caches.contents(cache), "bit " + bit);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
    Files.write(file(), bytes);
    assertEquals(2, Snapshots.restore(cache, file()).entries());
  }

  @ParameterizedTest
  @EnumSource
  void everyCutIsFound(Format format) throws IOException {
    var bytes = saved(format);
    var cache = full();
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file(), Arrays.copyOf(bytes, length));
      refusal(cache);
      assertEquals(THERE, Caches.contents(cache), "length " + length);
    }
    Files.write(file(), Arrays.copyOf(bytes, bytes.length + 1));
    refusal(cache);
    assertEquals(THERE, Caches.contents(cache));
  }

  @ParameterizedTest
  @EnumSource
  void aNewerFormatIsRefusedByItsVersionEvenWithARightChecksum(Format format) throws IOException {
    var bytes = saved(format);
    var head = new String(bytes, StandardCharsets.ISO_8859_1);
    var at = head.indexOf("larder-snapshot") + 15 + (format == Format.JSON ? 4 : 0);
    bytes[at]++;
    resealed(bytes, format);
    var message = refusal(full());
    assertTrue(message.contains("format version 2"), message);
    assertTrue(message.contains("reads version 1"), message);
  }

  private void resealed(byte[] bytes, Format format) throws IOException {
    var layout = Layout.of(format);
    var content = bytes.length - layout.trailer(new byte[32]).length;
    var digest = SnapshotFile.digest();
    digest.update(bytes, 0, content);
    var trailer = layout.trailer(digest.digest());
    System.arraycopy(trailer, 0, bytes, content, trailer.length);
    Files.write(file(), bytes);
  }

  /**
   * As a careful forger would; nothing that cannot be decoded gets in, whatever comes before it.
   */
  @Test
  void aFileWithARightChecksumThatCannotBeDecodedIsRefusedWhole() throws IOException {
    saved(Format.JSON);
    var text = Files.readString(file());
    for (var forged :
        List.of(
            text.replace("\"value\" : \"2\"", "\"value\" : { }"),
            text.replace("\"value\" : \"2\"", "\"value\" : null"),
            text.replace("\"value\" : \"2\"", "\"value\" : 2"),
            text.replace("\"value\" : \"2\"", "\"value\" : { \"base64\" : \"!\" }"),
            text.replace("\"value\" : \"2\"", "\"wrong\" : \"2\""),
            text.replace("\"count\" : 2", "\"count\" : 3"),
            text.replace("\"remaining-ms\" : 3600000", "\"remaining-ms\" : -1"),
            text.replace("2000-01-01", "20xx-01-01"),
            text.replace("2000-01-01", "-1000000000-01-01"),
            text.replace("coldest", "hottest"))) {
      assertTrue(!forged.equals(text));
      resealed(forged.getBytes(StandardCharsets.UTF_8), Format.JSON);
      var cache = full();
      refusal(cache);
      assertEquals(THERE, Caches.contents(cache), forged);
    }
  }

  @Test
  void aDowntimeOfAgesLetsWhatHasADeadlineExpire() throws IOException {
    saved(Format.JSON);
    var forged = Files.readString(file()).replace("2000-01-01", "-290000000-01-01");
    resealed(forged.getBytes(StandardCharsets.UTF_8), Format.JSON);
    var restored = Snapshots.restore(full(), file());
    assertEquals(1, restored.entries());
    assertEquals(1, restored.expired());
  }

  record Nest(@Nullable Nest inner, int level) {}

  @Test
  void aValueNestedTooDeepIsRefused() throws IOException {
    var cache = caches.of(String.class, Nest.class);
    cache.put("nest", new Nest(null, 1));
    Snapshots.save(cache, file(), Format.JSON);
    var text = Files.readString(file());
    var deep = "{ \"inner\" : ".repeat(5_000) + "null" + ", \"level\" : 1 }".repeat(5_000);
    var forged = text.replace("\"inner\" : null", "\"inner\" : " + deep);
    assertTrue(!forged.equals(text), text);
    resealed(forged.getBytes(StandardCharsets.UTF_8), Format.JSON);
    var message = refusal(caches.of(String.class, Nest.class));
    assertTrue(message.contains("nesting depth"), message);
  }

  record Endless(int x, int y) {
    Endless {
      if (x < 0) {
        new Endless(x, y);
      }
    }
  }

  @Test
  void aValueThatOverflowsTheStackIsRefused() throws IOException {
    var cache = caches.of(String.class, Endless.class);
    cache.put("endless", new Endless(123, 0));
    Snapshots.save(cache, file(), Format.JSON);
    var forged = Files.readString(file()).replace(" 123", " -23");
    resealed(forged.getBytes(StandardCharsets.UTF_8), Format.JSON);
    var message = refusal(caches.of(String.class, Endless.class));
    assertTrue(message.contains("an entry, number 1"), message);
  }

  @ParameterizedTest
  @EnumSource
  void otherTypesAreRefusedAndNamed(Format format) throws IOException {
    saved(format);
    var other = caches.of(String.class, Long.class);
    var message = refusal(other);
    assertTrue(message.contains("java.lang.String"), message);
    assertTrue(message.contains("java.lang.Long"), message);
    assertEquals(Map.of(), Caches.contents(other));
    refusal(caches.of(Object.class, Object.class));
  }

  @ParameterizedTest
  @EnumSource
  void anotherCodecIsRefusedAndNamed(Format format) {
    var cache = caches.of(String.class, Point.class, spec -> spec.option("codec", "java"));
    Snapshots.save(cache, file(), format);
    var message = refusal(caches.of(String.class, Point.class));
    assertTrue(message.contains("value-form"), message);
  }

  @ParameterizedTest
  @EnumSource
  void serializedClassesThatAreNotAllowedAreRefusedAndNamed(Format format) {
    var cache = caches.of(String.class, Object.class, spec -> spec.option("codec", "java"));
    cache.put("point", new SerialPoint(1));
    Snapshots.save(cache, file(), format);
    var message =
        refusal(caches.of(String.class, Object.class, spec -> spec.option("codec", "java")));
    assertTrue(message.contains("serial-allow: [\"" + SerialPoint.class.getName()), message);
  }

  record SerialPoint(int x) implements java.io.Serializable {}

  @Test
  void anotherSchemaVersionIsRefused() throws IOException {
    saved(Format.CBOR);
    var message = refusal(caches.of(String.class, String.class, spec -> spec.schemaVersion(3)));
    assertTrue(message.contains("schema-version 0"), message);
    assertTrue(message.contains("allows 3"), message);
  }

  @ParameterizedTest
  @CsvSource({"''", "{}", "'{\"a\" : 1}'", "[1]", "text", "'{\n  \"larder-snapshot\" : x'"})
  void whatIsNoSnapshotIsRefused(String content) throws IOException {
    Files.writeString(file(), content);
    refusal(full());
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    assertTrue(refusal(full()).contains("there is no snapshot"));
  }

  @Test
  void aFileThatCannotBeWrittenLeavesNoTrace() throws IOException {
    var cache = full();
    Files.writeString(file(), "a file");
    for (var where : List.of(file().resolve("below"), folder.resolve("missing/file"), folder)) {
      var thrown =
          assertThrows(SnapshotException.class, () -> Snapshots.save(cache, where, Format.JSON));
      assertTrue(String.valueOf(thrown.getMessage()).contains(where.toString()));
    }
    assertEquals("a file", Files.readString(file()));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file()), files.toList());
    }
  }

  @Test
  void aLinkToWhatIsNotThereYetIsFollowed() throws IOException {
    var link = Files.createSymbolicLink(folder.resolve("link"), Path.of("snapshot"));
    Snapshots.save(full(), link, Format.CBOR);
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.isRegularFile(file()));
  }

  @Test
  void aRingOfLinksIsRefused() throws IOException {
    var ring = Files.createSymbolicLink(folder.resolve("ring"), Path.of("ring"));
    var cache = full();
    assertThrows(SnapshotException.class, () -> Snapshots.save(cache, ring, Format.CBOR));
  }

  /** A directory cannot be opened for writing, whoever runs the test. */
  @Test
  void aDraftThatCannotBeOpenedIsDeleted() throws IOException {
    var draft = Files.createDirectory(folder.resolve("draft"));
    assertThrows(IOException.class, () -> Replacement.opened(draft));
    assertTrue(Files.notExists(draft));
  }

  @ParameterizedTest
  @EnumSource
  void aValueThatCannotBeRestoredIsFoundWhenSaving(Format format) throws IOException {
    var before = saved(format);
    var cache = caches.of(String.class, Object.class);
    cache.put("fine", "text");
    cache.put("thread", Thread.currentThread());
    assertThrows(SnapshotException.class, () -> Snapshots.save(cache, file(), format));
    var numbers = caches.of(String.class, List.class);
    numbers.put("longs", List.of(1L));
    var thrown =
        assertThrows(SnapshotException.class, () -> Snapshots.save(numbers, file(), format));
    assertTrue(String.valueOf(thrown.getMessage()).contains("equal"), thrown.getMessage());
    assertEquals(Arrays.toString(before), Arrays.toString(Files.readAllBytes(file())));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file()), files.toList());
    }
  }

  @Test
  void aFileOverwrittenWhileItIsReadGivesNoForeignByte() throws IOException {
    var bytes = saved(Format.JSON);
    try (var verified = SnapshotFile.open(file())) {
      bytes[200] ^= 1;
      Files.write(file(), bytes);
      var content = verified.content();
      var thrown = assertThrows(SnapshotException.class, content::readAllBytes);
      assertTrue(String.valueOf(thrown.getMessage()).contains("changed while it was read"));
    }
  }
}
