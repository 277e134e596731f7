package dev.larder.tck.support;

import dev.larder.testkit.Actor;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An application in a process of its own, seen from the test: it reads what to do from its input, a
 * line for each, and says what came of it.
 */
public final class PeerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedWriter in;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final List<String> heard = new ArrayList<>();

  private PeerProcess(Process process) {
    this.process = process;
    this.in = process.outputWriter();
    var reader = new Thread(this::read, "peer-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a program of the class path of this process. */
  public static PeerProcess start(Class<?> program, String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Jvm.classPath(path -> true),
                program.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("LARDER_"));
    return new PeerProcess(builder.redirectErrorStream(true).start());
  }

  private void read() {
    try (var out = process.inputReader()) {
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        said.add(line);
      }
    } catch (IOException e) {
      // The stream of a process that was killed is closed while it is read.
      said.add("gone " + e.getMessage());
    }
  }

  /** Has it do something; what comes of it is told to {@link #hears}. */
  public void tell(String what) throws IOException {
    in.write(what);
    in.newLine();
    in.flush();
  }

  /** Waits for a line that begins so, past all others, and gives it. */
  public String hears(String beginning) throws InterruptedException {
    while (true) {
      var line = said.poll(Actor.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        throw new AssertionError("waited in vain for '" + beginning + "' after " + heard);
      }
      heard.add(line);
      if (line.startsWith(beginning)) {
        return line;
      }
      if (line.startsWith("failed ")) {
        throw new AssertionError("waited for '" + beginning + "': " + line);
      }
    }
  }

  /** Has it do something and waits for what it says to that. */
  public String does(String what, String beginning) throws IOException, InterruptedException {
    tell(what);
    return hears(beginning);
  }

  /** How many lines that begin so it has said to this test so far. */
  public long heard(String beginning) {
    said.drainTo(heard);
    return heard.stream().filter(line -> line.startsWith(beginning)).count();
  }

  /** From now on what it has said does not count as heard. */
  public void forget() {
    said.clear();
    heard.clear();
  }

  /** As {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** Lets it close its manager and end. */
  public int end() throws IOException, InterruptedException {
    in.close();
    if (!process.waitFor(Actor.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
