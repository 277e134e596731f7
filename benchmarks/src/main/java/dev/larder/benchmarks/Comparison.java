package dev.larder.benchmarks;

import dev.larder.benchmarks.Results.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures peers side by side: for each row all peers are warmed up, and then take turns for some
 * rounds, in changing order, so that what disturbs the machine for a while disturbs all of them.
 *
 * @param settings what is measured, and how long
 * @param log where the processes write what they have to say
 * @param progress is told each row when it is done
 */
record Comparison(Settings settings, Path log, Consumer<String> progress) {

  /**
   * What is measured.
   *
   * @param warmMillis how long each peer runs before each row; the first row in a new process takes
   *     twice that
   */
  record Settings(
      List<Peer> peers,
      List<Case> cases,
      List<Integer> threads,
      long warmMillis,
      long millis,
      int rounds) {}

  Results run() throws IOException {
    var results = new Results();
    for (var family : Peer.Family.values()) {
      for (var setup : Case.setups()) {
        var cases = Case.of(setup).stream().filter(settings.cases()::contains).toList();
        var peers =
            settings.peers().stream()
                .filter(peer -> peer.family() == family && peer.supports(setup))
                .toList();
        if (!cases.isEmpty() && !peers.isEmpty()) {
          measure(peers, cases, results);
        }
      }
    }
    return results;
  }

  private void measure(List<Peer> peers, List<Case> cases, Results results) throws IOException {
    var workers = new ArrayList<WorkerProcess>();
    try {
      for (var peer : peers) {
        var worker = WorkerProcess.start(peer, cases.get(0), log);
        workers.add(worker);
        worker.run(cases.get(0).workload(), 1, settings.warmMillis());
      }
      for (var what : cases) {
        for (var threads : settings.threads()) {
          measure(new Row(what, threads), workers, results);
        }
      }
    } finally {
      workers.forEach(WorkerProcess::close);
    }
  }

  private void measure(Row row, List<WorkerProcess> workers, Results results) throws IOException {
    var workload = row.what().workload();
    for (var worker : workers) {
      worker.run(workload, row.threads(), settings.warmMillis());
    }
    var order = new ArrayList<>(workers);
    for (var round = 0; round < settings.rounds(); round++) {
      for (var worker : order) {
        results.add(row, worker.peer(), worker.run(workload, row.threads(), settings.millis()));
      }
      Collections.reverse(order);
    }
    progress.accept(workers.get(0).peer().family().title() + ": " + row.title());
  }
}
