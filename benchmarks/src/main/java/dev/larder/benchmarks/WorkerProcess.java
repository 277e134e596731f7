package dev.larder.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A {@link Worker} as its parent sees it. */
final class WorkerProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

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

  /** Starts a worker and waits until its cache is filled. */
  static WorkerProcess start(Peer peer, Case row, Path log) throws IOException {
    var process = JavaProcess.start(Worker.class, log, peer.name(), row.name());
    var worker = new WorkerProcess(peer, log, process);
    worker.answer();
    return worker;
  }

  Peer peer() {
    return peer;
  }

  /** Measures once. Blocks as long as that takes. */
  Sample run(Workload workload, int threads, long millis) throws IOException {
    orders.write(workload + " " + threads + " " + millis + "\n");
    orders.flush();
    return Sample.parse(answer());
  }

  private String answer() throws IOException {
    var answer = CompletableFuture.supplyAsync(this::nextAnswer);
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IOException(peer.title() + " gave no answer; its output is in " + log, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + peer.title() + " ran", e);
    }
  }

  private String nextAnswer() {
    try {
      for (var line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(Worker.ANSWER)) {
          return line.substring(Worker.ANSWER.length());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new UncheckedIOException(new IOException("the process ended"));
  }

  @Override
  public void close() {
    try {
      orders.close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
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
