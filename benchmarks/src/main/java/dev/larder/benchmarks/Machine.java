package dev.larder.benchmarks;

import dev.larder.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Where, when and from what a result came: without it figures mean nothing. */
public final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** In lines of a list. */
  public static String describe(Clock clock) {
    return String.join(
        "\n",
        "- processors: " + Runtime.getRuntime().availableProcessors() + ", " + processor(),
        "- Java: " + Runtime.version() + ", " + System.getProperty("java.vm.name"),
        "- date: " + Instant.ofEpochMilli(clock.exact()).toString().substring(0, 10),
        "- commit: " + commit());
  }

  private static String processor() {
    try (var lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException | UncheckedIOException e) {
      return System.getProperty("os.arch"); // not Linux
    }
  }

  private static String commit() {
    try {
      var classes = Machine.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      var git =
          new ProcessBuilder("git", "describe", "--always", "--dirty")
              .directory(Path.of(classes).toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0 ? text : "unknown";
    } catch (IOException | URISyntaxException e) {
      return "unknown"; // no git, or not a checkout
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
