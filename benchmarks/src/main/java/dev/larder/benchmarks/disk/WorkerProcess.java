package dev.larder.benchmarks.disk;

import dev.larder.benchmarks.JavaProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A {@link Worker} as its parent sees it. */
final class WorkerProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;

  private final Peer peer;
  private final Path log;
  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader answers;

  private WorkerProcess(Peer peer, Path log, Process process) {
    this.peer = peer;
    this.log = log;
    this.process = process;
    this.orders = process.outputWriter();
    this.answers = process.inputReader();
  }

  /** Starts a worker that fills its store, or, to find, reads one key of a store that is there. */
  static WorkerProcess start(Peer peer, Bed bed, boolean find, Path folder, Path log)
      throws IOException {
    var process =
        JavaProcess.start(
            Worker.class,
            log,
            peer.name(),
            folder.toString(),
            String.valueOf(bed.entries()),
            String.valueOf(bed.size()),
            String.valueOf(bed.inMemory()),
            find ? "find" : "fill");
    return new WorkerProcess(peer, log, process);
  }

  Peer peer() {
    return peer;
  }

  /** The next answer. */
  Turn answer() throws IOException {
    for (var line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(Worker.ANSWER)) {
        return Turn.parse(line.substring(Worker.ANSWER.length()));
      }
    }
    throw new IOException(peer.title() + " ended; its output is in " + log);
  }

  /** Measures once. */
  Turn run(Operation operation, int threads, long millis) throws IOException {
    orders.write(operation + " " + threads + " " + millis + "\n");
    orders.flush();
    return answer();
  }

  @Override
  public void close() {
    try {
      orders.close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
