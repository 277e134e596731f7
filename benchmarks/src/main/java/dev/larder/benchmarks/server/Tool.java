package dev.larder.benchmarks.server;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program of this machine, used as it is given. */
public record Tool(String name, Path path) {
  /** No single run takes so long, unless it hangs. */
  private static final int PATIENCE_SECONDS = 120;

  /** The program of that name on the PATH. */
  public static Optional<Tool> find(String name) {
    var folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
    for (var folder : folders) {
      var path = Path.of(folder, name);
      if (!folder.isEmpty() && Files.isExecutable(path)) {
        return Optional.of(new Tool(name, path));
      }
    }
    return Optional.empty();
  }

  /** Of a folder such as that of Java. */
  static Tool in(Path folder, String name) throws IOException {
    var path = folder.resolve(name);
    if (!Files.isExecutable(path)) {
      throw new IOException(path + " is not there");
    }
    return new Tool(name, path);
  }

  /** Runs it and gives what it printed; fails with that when it fails or hangs. */
  String run(List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(path.toString());
    command.addAll(arguments);
    var output = Files.createTempFile("larder-bench-", ".txt");
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      var ended = ended(process);
      // Tools draw progress with carriage returns, in whatever bytes.
      var text = Files.readString(output, StandardCharsets.ISO_8859_1);
      if (!ended || process.exitValue() != 0) {
        throw new IOException(
            String.join(" ", command) + (ended ? " failed: " : " did not end: ") + last(text));
      }
      return text;
    } finally {
      Files.delete(output);
    }
  }

  private static boolean ended(Process process) throws IOException {
    try {
      var ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      return ended;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String last(String text) {
    return text.substring(Math.max(0, text.length() - 400)).strip();
  }
}
