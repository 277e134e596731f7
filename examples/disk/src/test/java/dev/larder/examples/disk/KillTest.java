package dev.larder.examples.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README of this example, done by a machine: run, kill -9, run again, once more. */
class KillTest {
  private static final int ALL = 500;
  private static final Pattern GOT = Pattern.compile("got (\\d+) prices");
  private static final Pattern SOURCES =
      Pattern.compile("(\\d+) from the cache, (\\d+) from the service, .*");

  @TempDir private Path folder;

  @Test
  @Timeout(300)
  void whatWasGotBeforeTheKillIsGotFromTheCacheAfterIt() throws Exception {
    var got = killedInTheMiddle();
    assertTrue(got > 0 && got < ALL, () -> "killed after " + got);

    var again = ran();
    assertEquals("opened", again.get(0).split(" ")[0]);
    var fromCache = number(again, SOURCES, 1);
    var fromService = number(again, SOURCES, 2);
    assertTrue(fromCache >= got, () -> got + " were returned before: " + again);
    assertTrue(fromService > 0, () -> "nothing was left to ask for: " + again);
    assertEquals(ALL, fromCache + fromService, again::toString);

    var third = ran();
    assertTrue(third.get(0).startsWith("opened " + ALL + " prices"), third::toString);
    assertEquals(ALL, number(third, SOURCES, 1), third::toString);
    assertEquals(0, number(third, SOURCES, 2), third::toString);
  }

  /** Returns how many prices the program had said it got when it was killed. */
  private int killedInTheMiddle() throws IOException, InterruptedException {
    var process = start();
    var lines = new ArrayList<String>();
    try (var out = process.inputReader()) {
      while (!found(lines, GOT)) {
        lines.add(line(out, lines));
      }
      // By its handle, which leaves open what the program has printed and nobody has read yet.
      process.toHandle().destroyForcibly();
      out.lines().forEach(lines::add);
    }
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    assertNotEquals(0, process.exitValue(), "it was killed, so it did not end by itself");
    return number(lines, GOT, 1);
  }

  private List<String> ran() throws IOException, InterruptedException {
    var process = start();
    try (var out = process.inputReader()) {
      var lines = out.lines().toList();
      assertEquals(0, process.waitFor(), lines::toString);
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Prices.class.getName(),
            folder.resolve("prices.db").toString())
        .redirectErrorStream(true)
        .start();
  }

  private static String line(BufferedReader out, List<String> before) throws IOException {
    var line = out.readLine();
    if (line == null) {
      throw new AssertionError("ended early: " + before);
    }
    return line;
  }

  private static boolean found(List<String> lines, Pattern pattern) {
    return lines.stream().anyMatch(line -> pattern.matcher(line).matches());
  }

  /** The number in the last line that fits. */
  private static int number(List<String> lines, Pattern pattern, int group) {
    return lines.stream()
        .map(pattern::matcher)
        .filter(matcher -> matcher.matches())
        .reduce((first, second) -> second)
        .map(matcher -> Integer.parseInt(matcher.group(group)))
        .orElseThrow(() -> new AssertionError("no such line in " + lines));
  }
}
