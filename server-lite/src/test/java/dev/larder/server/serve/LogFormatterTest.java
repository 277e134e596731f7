package dev.larder.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.server.serve.Settings.Logging;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

final class LogFormatterTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.006Z");

  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

  @AfterEach
  void resetLog() throws IOException {
    LogManager.getLogManager().readConfiguration();
  }

  private static LogRecord record(String message, Object... parameters) {
    var record = new LogRecord(Level.WARNING, message);
    record.setInstant(TIME);
    record.setLoggerName("dev.larder.tls");
    record.setParameters(parameters);
    return record;
  }

  private static String text(LogRecord record) {
    return new LogFormatter(Logging.Format.TEXT).format(record);
  }

  private static String json(LogRecord record) {
    return new LogFormatter(Logging.Format.JSON).format(record);
  }

  @Test
  void textIsTimeLevelLoggerMessageAndFields() {
    assertEquals(
        "2026-01-02T03:04:05.006Z warn  tls all gone count=3 why=\"a b\" empty=\"\"\n",
        text(record("all gone", Log.Fields.of("count", 3, "why", "a b", "empty", ""))));
  }

  @Test
  void nobodyWritesLinesOfTheirOwn() {
    var line = text(record("a\nb", Log.Fields.of("field", "x\n2026 error forged\u001b[2J")));
    assertEquals(
        "2026-01-02T03:04:05.006Z warn  tls a b field=\"x\\n2026 error forged\\u001b[2J\"\n", line);
  }

  @Test
  void jsonIsAnObjectALine() {
    var line = json(record("q\"\\\n\ud83d\ude00", Log.Fields.of("level", "forged", "b", "\u0000")));
    assertEquals(1, line.lines().count());
    var read = JsonMapper.shared().readTree(line);
    assertEquals("2026-01-02T03:04:05.006Z", read.get("time").asString());
    assertEquals("warn", read.get("level").asString());
    assertEquals("q\"\\\n\ud83d\ude00", read.get("message").asString());
    assertEquals("\u0000", read.get("b").asString());
  }

  @Test
  void failureIsToldByItsClassAndFramesAndQuotesNothing() {
    var record = record("failed");
    record.setThrown(new IllegalStateException("key sekret", new IOException("disk full\nreally")));
    for (var line : new String[] {text(record), json(record)}) {
      assertTrue(line.contains("java.lang.IllegalStateException"), line);
      assertTrue(line.contains("LogFormatterTest"), line);
      assertTrue(line.contains("java.io.IOException: disk full really"), line);
      assertFalse(line.contains("sekret"), line);
    }
  }

  @Test
  void missingClassAndMemoryAreNamed() {
    var record = record("failed");
    record.setThrown(
        new OutOfMemoryError("Java heap space")
            .initCause(new NoClassDefFoundError("com/example/Missing")));
    for (var line : new String[] {text(record), json(record)}) {
      assertTrue(line.contains("java.lang.OutOfMemoryError: Java heap space"), line);
      assertTrue(line.contains("java.lang.NoClassDefFoundError: com/example/Missing"), line);
    }
  }

  @Test
  void otherErrorsQuoteNothing() {
    var record = record("failed");
    record.setThrown(new AssertionError("key sekret"));
    assertFalse(text(record).contains("sekret"));
  }

  @ParameterizedTest
  @CsvSource({"TRACE, 4", "DEBUG, 4", "INFO, 3", "WARN, 2", "ERROR, 1", "OFF, 0"})
  void levelDecidesWhatIsSaid(Logging.Level level, int expected) {
    Logs.install(
        new Logging(level, Logging.Format.TEXT),
        new PrintStream(lines, true, StandardCharsets.UTF_8));
    var log = Log.of("test");
    log.debug("one");
    log.info("two");
    log.warn("three");
    log.error("four");
    System.getLogger("com.example.library").log(System.Logger.Level.INFO, "details");
    assertEquals(expected, lines.toString(StandardCharsets.UTF_8).lines().count());
  }
}
