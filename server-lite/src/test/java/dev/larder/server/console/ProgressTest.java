package dev.larder.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final List<String> STAGES = List.of("Without a cache", "Through Larder");

  @Test
  void withoutATerminalEachStageIsOnePlainLine() {
    var text = new StringWriter();
    run(Progress.lines(new PrintWriter(text)));
    assertEquals(
        "Without a cache (76,118)\nThrough Larder (76,118)\n",
        text.toString().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void onATerminalABarReachesTheEndOfEachStage() {
    var bytes = new ByteArrayOutputStream();
    run(Progress.bar(new PrintStream(bytes, true, StandardCharsets.UTF_8), 80));
    var text = bytes.toString(StandardCharsets.UTF_8);
    for (var what : STAGES) {
      assertTrue(text.lines().anyMatch(line -> line.matches(what + " +100% \\[=+].*")), text);
    }
  }

  @Test
  void barKeepsToTheColumnsGiven() {
    var bytes = new ByteArrayOutputStream();
    run(Progress.bar(new PrintStream(bytes, true, StandardCharsets.UTF_8), 60));
    for (var line : bytes.toString(StandardCharsets.UTF_8).split("[\r\n]")) {
      assertTrue(line.length() <= 60, line);
    }
  }

  private static void run(Progress progress) {
    for (var what : STAGES) {
      try (var stage = progress.start(what, 76_118)) {
        stage.at(40_000);
      }
    }
  }
}
