package dev.larder.benchmarks.remote;

import dev.larder.benchmarks.JavaProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A {@link Worker} as its parent sees it. */
final class WorkerProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final Client client;
  private final Meter meter;
  private final Path log;
  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader answers;

  private WorkerProcess(Client client, Meter meter, Path log, Process process) {
    this.client = client;
    this.meter = meter;
    this.log = log;
    this.process = process;
    this.orders = process.outputWriter();
    this.answers = process.inputReader();
  }

  /** Starts a worker and waits until its server is filled. */
  static WorkerProcess start(Client client, int port, int threads, Meter meter, Path log)
      throws IOException {
    var process =
        JavaProcess.start(
            Worker.class, log, client.name(), String.valueOf(port), String.valueOf(threads));
    var worker = new WorkerProcess(client, meter, log, process);
    try {
      var unused = worker.answer();
      return worker;
    } catch (IOException e) {
      worker.close();
      throw e;
    }
  }

  Client client() {
    return client;
  }

  /** Measures once. */
  Turn run(Operation operation, int threads, long millis) throws IOException {
    var before = meter.look();
    orders.write(operation + " " + threads + " " + millis + "\n");
    orders.flush();
    var turn = answer();
    return turn.with(meter.since(before));
  }

  private Turn answer() throws IOException {
    for (var line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(Worker.ANSWER)) {
        return Turn.parse(line.substring(Worker.ANSWER.length()));
      }
    }
    throw new IOException(client.title() + " ended; its output is in " + log);
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
