package dev.larder.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceReaderTest {
  private static final Charset UTF = StandardCharsets.UTF_8;

  @TempDir Path folder;

  @Test
  void exampleIsTheWholeTraceOfItsNotice() throws Exception {
    var trace = TraceReader.example();
    assertEquals(76_118, trace.length());
    assertEquals(20_484, trace.distinct());
    assertEquals("web07", trace.name());
  }

  @Test
  void exampleComesWithItsLicence() throws Exception {
    try (var notice = TraceReader.class.getResourceAsStream("NOTICE.txt")) {
      var text = new String(notice.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(text.contains("headissue GmbH"), text);
      assertTrue(text.contains("CC BY 4.0"), text);
    }
  }

  @Test
  void binaryKeysAreNumberedInOrderOfFirstRequest() throws Exception {
    var trace = read(gzip(numbers(-1L, 7L, -1L, Long.MIN_VALUE, 7L)));
    assertEquals("[0, 1, 0, 2, 1]", Arrays.toString(pages(trace)));
    assertEquals(3, trace.distinct());
  }

  @Test
  void plainLinesAreKeysWithoutCommentsAndBlanks() throws Exception {
    var trace = read("# my site\n/index.html\n\n /cart \r\n/index.html".getBytes(UTF));
    assertEquals("[0, 1, 0]", Arrays.toString(pages(trace)));
  }

  @Test
  void keysKeepTheirTextBeyondAscii() throws Exception {
    assertEquals(2, read("/käse\n/kase\n/käse\n".getBytes(UTF)).distinct());
  }

  @Test
  void cutOffFileIsRefusedWithTheNumberOfGoodKeys() throws IOException {
    var whole = gzip(numbers(IntStream.range(0, 5_000).mapToLong(i -> i * 31L).toArray()));
    var failure =
        assertThrows(IOException.class, () -> read(Arrays.copyOf(whole, whole.length / 2)));
    assertTrue(
        failure.getMessage().matches("damaged after \\d+ keys \\(the file ends too early\\)"),
        failure.getMessage());
  }

  @Test
  void alteredFileIsRefused() throws IOException {
    var altered = gzip(numbers(1, 2, 3, 4));
    altered[altered.length - 6] ^= 1; // in the checksum
    var failure = assertThrows(IOException.class, () -> read(altered));
    assertTrue(failure.getMessage().startsWith("damaged after"), failure.getMessage());
  }

  @Test
  void halfAKeyAtTheEndIsRefused() throws IOException {
    var bytes = gzip(Arrays.copyOf(numbers(1, 2), 13));
    var failure = assertThrows(IOException.class, () -> read(bytes));
    assertEquals("damaged: 5 bytes left over at the end", failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n"})
  void traceWithoutKeysIsRefused(String text) {
    var failure = assertThrows(BadInputException.class, () -> read(text.getBytes(UTF)));
    assertEquals("trace t holds no key; " + TraceReader.FORMS, failure.getMessage());
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    var failure = assertThrows(IOException.class, () -> read(new byte[] {'a', '\n', (byte) 0xff}));
    assertEquals("not UTF-8 text, near line 1", failure.getMessage());
  }

  @Test
  void lineWithAZeroByteIsRefused() {
    var failure = assertThrows(IOException.class, () -> read("a\nb\0c\n".getBytes(UTF)));
    assertEquals("line 2 is no key", failure.getMessage());
  }

  @Test
  void traceThatIsTooLongIsRefusedWithTheLimit() throws IOException {
    var zeros = gzip(new byte[(TraceReader.MAXIMUM_REQUESTS + 1) * 8]);
    var failure = assertThrows(BadInputException.class, () -> read(zeros));
    assertEquals("trace t holds more than 5000000 keys; cut it first", failure.getMessage());
  }

  @Test
  void fileThatIsNotThereIsNamedWithTheFormsAllowed() {
    var file = folder.resolve("nothing.gz");
    var failure = assertThrows(BadInputException.class, () -> TraceReader.file(file));
    assertEquals("--trace " + file + ": no such file; " + TraceReader.FORMS, failure.getMessage());
  }

  @Test
  void damagedFileIsNamedWithTheFormsAllowed() throws IOException {
    var file = folder.resolve("broken.u64.gz");
    Files.write(file, Arrays.copyOf(gzip(numbers(1, 2, 3)), 15));
    var failure = assertThrows(BadInputException.class, () -> TraceReader.file(file));
    assertTrue(failure.getMessage().startsWith("--trace " + file + ": damaged after"));
    assertTrue(failure.getMessage().endsWith(TraceReader.FORMS));
  }

  private static Trace read(byte[] bytes) throws IOException, BadInputException {
    return TraceReader.read("t", new ByteArrayInputStream(bytes));
  }

  private static int[] pages(Trace trace) {
    return IntStream.range(0, trace.length()).map(trace::page).toArray();
  }

  private static byte[] numbers(long... keys) {
    var bytes = ByteBuffer.allocate(keys.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(keys).forEach(bytes::putLong);
    return bytes.array();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }
}
