package dev.larder.disk.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process of the same Java with the same class path. Every wait for it is bounded. */
final class Child implements AutoCloseable {
  /** What a process ends with that was killed with signal 9. */
  static final int KILLED = 128 + 9;

  private static final long PATIENCE = 60;

  private final Process process;
  private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> said = new ArrayList<>();
  private final Thread reader;

  private Child(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "child-output");
    reader.setDaemon(true);
    reader.start();
  }

  static Child start(Class<?> program, String... arguments) {
    return start(command(program, arguments));
  }

  /** The command that starts a program. */
  static List<String> command(Class<?> program, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  static Child start(List<String> command) {
    try {
      return new Child(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("no more output: " + e);
    }
  }

  /** Returns when the process has said that word on a line of its own. */
  Child awaitWord(String word) throws InterruptedException {
    for (var line = next(); !line.equals(word); line = next()) {
      said.add(line);
    }
    return this;
  }

  /** The next line that the process says. */
  String next() throws InterruptedException {
    for (long second = 0; second < PATIENCE; second++) {
      var line = lines.poll(1, TimeUnit.SECONDS);
      if (line != null) {
        return line;
      }
      if (!process.isAlive() && lines.isEmpty()) {
        break;
      }
    }
    throw new AssertionError("the process said no more: " + output());
  }

  void tell(String word) throws IOException {
    process
        .getOutputStream()
        .write((word + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Lets it run for so long, unless it ends by itself. */
  void run(long millis) throws InterruptedException {
    if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the process ended by itself, with " + exit() + ": " + output());
    }
  }

  /** Kills it with SIGKILL, and makes sure that this is what ended it. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    var exit = exit();
    if (exit != KILLED) {
      throw new AssertionError(
          "the process was not killed but ended with " + exit + ": " + output());
    }
  }

  int exit() throws InterruptedException {
    if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
      throw new AssertionError("the process does not end: " + output());
    }
    return process.exitValue();
  }

  long pid() {
    return process.pid();
  }

  /** All that it said. */
  String output() {
    try {
      reader.join(process.isAlive() ? 1 : 1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lines.drainTo(said);
    return String.join("\n", said);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
