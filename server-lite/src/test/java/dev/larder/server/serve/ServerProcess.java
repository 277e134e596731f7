package dev.larder.server.serve;

import dev.larder.server.LarderCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code larder serve} as a process of its own. */
final class ServerProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path err;
  private final List<String> said = new ArrayList<>();

  private ServerProcess(Process process, Path err) {
    this.process = process;
    this.err = err;
  }

  /** Starts one with these variables, options of the JVM (before {@code serve}) and options. */
  static ServerProcess start(Path folder, Map<String, String> variables, String... arguments)
      throws IOException {
    var split = Arrays.asList(arguments).indexOf("serve");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
    command.addAll(Arrays.asList(arguments).subList(0, split));
    command.add(LarderCommand.class.getName());
    command.addAll(Arrays.asList(arguments).subList(split, arguments.length));
    var err = Files.createTempFile(folder, "err", ".log");
    var builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LARDER_"));
    builder.environment().putAll(variables);
    return new ServerProcess(builder.start(), err);
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Waits until it says that it is ready; what it printed is in {@link #address}. */
  ServerProcess ready() throws IOException {
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      said.add(line);
      if (line.contains("dashboard")) {
        return this;
      }
    }
    throw new AssertionError("it ended early: " + said + log());
  }

  /** What it printed behind that word. */
  String address(String word) {
    return said.stream()
        .map(String::strip)
        .filter(line -> line.startsWith(word))
        .map(line -> line.substring(word.length()).strip())
        .findFirst()
        .orElseThrow();
  }

  int port(String word) {
    var address = address(word);
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** The exit code, once it has ended. */
  int ended() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end");
    }
    return process.exitValue();
  }

  boolean alive() {
    return process.isAlive();
  }

  String log() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
