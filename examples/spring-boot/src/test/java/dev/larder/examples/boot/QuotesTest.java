package dev.larder.examples.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README of this example, done by a machine: in memory, then twice on disk. */
@Timeout(180)
class QuotesTest {
  @TempDir private Path folder;

  @Test
  void eachQuoteIsAskedForOnce() throws Exception {
    var said = ran();
    assertTrue(said.contains("bakery: Quote[share=bakery, cents=600]"), said::toString);
    assertTrue(said.contains("nobody: null"), said::toString);
    assertTrue(said.contains("asked the exchange 4 times"), said::toString);
    assertTrue(said.contains("caches: [quotes]"), said::toString);
  }

  @Test
  void onDiskTheNextRunAsksForNothing() throws Exception {
    var file = "--larder.disk.path=" + folder.resolve("quotes.db");
    assertTrue(ran("--larder.topology=disk", file).contains("asked the exchange 4 times"));
    var again = ran("--larder.topology=disk", file);
    assertTrue(again.contains("asked the exchange 0 times"), again::toString);
    assertTrue(again.contains("bakery: Quote[share=bakery, cents=600]"), again::toString);
    assertTrue(again.contains("nobody: null"), again::toString);
  }

  private static List<String> ran(String... arguments) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Quotes.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("LARDER_"));
    var process = builder.start();
    try (var out = process.inputReader()) {
      var lines = out.lines().toList();
      assertEquals(0, process.waitFor(), lines::toString);
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }
}
