package dev.larder.benchmarks.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TraceReaderTest {
  @TempDir private Path folder;

  @Test
  void readsLittleEndianNumbersPackedAndNot() throws Exception {
    var bytes = numbers(7, -1, 7, 1L << 40);

    for (var file : List.of(file("t.u64", bytes), file("t.u64.gz", packed(bytes)))) {
      assertEquals(List.of(7L, -1L, 7L, 1L << 40), keys(TraceReader.read(file, null)));
    }
  }

  @Test
  void numbersBeyondOneBufferAreReadInOrder() throws Exception {
    var many = LongStream.range(0, 50_000).map(i -> i * 31).toArray();

    var trace = TraceReader.read(file("t.u64.gz", packed(numbers(many))), null);

    assertEquals(50_000, trace.distinct());
    assertEquals(49_999L * 31, trace.key(trace.id(49_999)));
  }

  @Test
  void arcLinesAreRunsOfBlocks() throws Exception {
    var trace = TraceReader.read(text("t.lis", "10 3 0 0\n11 1 0 1\n"), null);

    assertEquals(List.of(10L, 11L, 12L, 11L), keys(trace));
  }

  @Test
  void lirsLinesAreBlocksAndStarsAreIgnored() throws Exception {
    assertEquals(
        List.of(5L, 6L, 5L), keys(TraceReader.read(text("t.trc", "5\n*\n6\n\n5\n"), null)));
  }

  @Test
  void plainLinesAreKeysOfAnyText() throws Exception {
    var trace = TraceReader.read(text("log.txt", "# a log\n/a b\n  /ü\n\n/a b\n"), null);

    assertEquals(List.of("/a b", "/ü", "/a b"), keys(trace));
    assertFalse(trace.weighted());
  }

  @Test
  void weightedLinesEndInAWeight() throws Exception {
    var trace = TraceReader.read(text("t.txt", "a b 3\nc\t0\na b 4\n"), TraceFormat.WEIGHTED);

    assertEquals(List.of("a b", "c", "a b"), keys(trace));
    assertEquals(List.of(3, 0, 4), List.of(trace.weight(0), trace.weight(1), trace.weight(2)));
    assertEquals(3, trace.totalWeight());
  }

  @Test
  void aFormatThatIsGivenIsNotGuessed() throws Exception {
    assertEquals(
        List.of("5", "*"), keys(TraceReader.read(text("t.trc", "5\n*"), TraceFormat.PLAIN)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arc      | 1 2 3        | line 1: `1 2 3`: expected startBlock count ignored requestNumber",
        "arc      | 1 0 0 0      | line 1: `1 0 0 0`: expected a count of 1 to 1000000",
        "arc      | 1 x 0 0      | x is no number",
        "arc      | -1 1 0 0     | -1 is negative",
        "lirs     | 12a          | line 1: `12a`: 12a is no number",
        "lirs     | 99999999999999999999 | is no number from 0 to 2^63-1",
        "weighted | justakey     | expected key weight",
        "weighted | key -1       | -1 is negative",
        "weighted | key 9999999999 | expected key weight, the weight from 0 to 2147483647",
      })
  void aLineThatCannotBeIsNamedWithWhatIsAllowed(String format, String line, String complaint)
      throws Exception {
    var file = text("bad.txt", line + "\n");

    refused(file, TraceFormat.valueOf(format.toUpperCase(java.util.Locale.ROOT)), complaint);
  }

  @Test
  void theSecondLineIsCalledTheSecond() throws Exception {
    refused(text("t.trc", "1\nx\n"), TraceFormat.LIRS, "line 2");
  }

  @Test
  void aGzipThatEndsTooEarlyIsCutShort() throws Exception {
    var whole = packed(numbers(LongStream.range(0, 5_000).toArray()));

    refused(file("t.u64.gz", Arrays.copyOf(whole, whole.length / 2)), null, "is cut short");
  }

  @Test
  void aGzipWithAlteredBytesIsDamaged() throws Exception {
    var bytes = packed(numbers(LongStream.range(0, 5_000).toArray()));
    Arrays.fill(bytes, bytes.length - 8, bytes.length, (byte) 0x55);

    refused(file("t.u64.gz", bytes), null, "is damaged");
  }

  @Test
  void bytesLeftOverAreCounted() throws Exception {
    var bytes = Arrays.copyOf(numbers(1, 2), 19);

    refused(file("t.u64.gz", packed(bytes)), null, "has 3 bytes left over after 2 keys");
  }

  @Test
  void textThatIsNotUtf8IsRefused() throws Exception {
    refused(file("t.txt", new byte[] {'a', '\n', (byte) 0xff, (byte) 0xfe, '\n'}), null, "UTF-8");
  }

  @ParameterizedTest
  @EnumSource(TraceFormat.class)
  void anEmptyFileHoldsNoKey(TraceFormat format) throws Exception {
    refused(file("empty", new byte[0]), format, "holds no key");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    refused(folder.resolve("nowhere"), null, "does not exist");
    refused(folder, null, "is not a file");
  }

  @Test
  void namesLoseTheirEndings() {
    assertEquals("corda_large", TraceReader.name(Path.of("a/corda_large.u64.gz")));
    assertEquals("P3", TraceReader.name(Path.of("P3.lis")));
    assertEquals("access.log", TraceReader.name(Path.of("access.log")));
  }

  @Test
  void nextUsesPointToTheSameKey() {
    var trace = Trace.of("t", 1, 2, 1, 1, 2);

    assertEquals(
        List.of(2, 4, 3, Trace.NEVER, Trace.NEVER),
        Arrays.stream(trace.nextUses()).boxed().toList());
  }

  private void refused(Path file, @Nullable TraceFormat format, String complaint) {
    var refused = assertThrows(BadInputException.class, () -> TraceReader.read(file, format));
    var message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(complaint), message);
    assertTrue(message.startsWith("--trace " + file), message);
  }

  private static List<Object> keys(Trace trace) {
    List<Object> keys = new ArrayList<>();
    for (int position = 0; position < trace.length(); position++) {
      keys.add(trace.key(trace.id(position)));
    }
    return keys;
  }

  private Path text(String name, String text) throws IOException {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static byte[] numbers(long... numbers) {
    var buffer = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asLongBuffer().put(numbers);
    return buffer.array();
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
