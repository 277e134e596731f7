package dev.larder.benchmarks.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures peers side by side, each in a process of its own, one at a time: for each row all are
 * warmed up and then take turns, in changing order.
 *
 * @param settings what is measured, and how long
 * @param folder where the files go
 * @param log where the processes write what they have to say
 * @param progress is told each row when it is done
 */
record Comparison(Settings settings, Path folder, Path log, Consumer<String> progress) {

  /**
   * What is measured.
   *
   * @param peers which
   * @param sizes of values
   * @param threads numbers of threads
   * @param entries at most, of one size
   * @param restarted entries of the store that is opened again
   * @param millis the length of a turn
   * @param rounds turns of each peer in each row
   */
  record Settings(
      List<Peer> peers,
      List<Integer> sizes,
      List<Integer> threads,
      int entries,
      int restarted,
      int millis,
      int rounds) {}

  /** A row of the table. */
  record Row(Bed bed, Operation operation, int threads) {
    String title() {
      return bed.title()
          + ", "
          + operation.title()
          + (threads == 1 ? ", 1 thread" : ", " + threads + " threads");
    }
  }

  /** What each peer did in each row. */
  Map<Row, Map<Peer, Turn>> run() throws IOException {
    var results = new LinkedHashMap<Row, Map<Peer, Turn>>();
    for (var size : settings.sizes()) {
      measure(Bed.of(size, settings.entries()), results);
    }
    return results;
  }

  private void measure(Bed bed, Map<Row, Map<Peer, Turn>> results) throws IOException {
    var workers = new ArrayList<WorkerProcess>();
    try {
      for (var peer : settings.peers()) {
        var worker = WorkerProcess.start(peer, bed, false, empty(peer), log);
        workers.add(worker);
        worker.answer();
        progress.accept(peer.title() + " holds " + bed.entries() + " entries of " + bed.title());
      }
      for (var operation : Operation.values()) {
        for (var threads : settings.threads()) {
          var row = new Row(bed, operation, threads);
          results.put(row, measure(row, workers));
          progress.accept("measured " + row.title());
        }
      }
    } finally {
      workers.forEach(WorkerProcess::close);
    }
  }

  private Map<Peer, Turn> measure(Row row, List<WorkerProcess> all) throws IOException {
    var workers =
        new ArrayList<>(all.stream().filter(each -> each.peer().does(row.operation())).toList());
    for (var worker : workers) {
      worker.run(row.operation(), row.threads(), settings.millis());
    }
    var turns = new LinkedHashMap<Peer, Turn>();
    for (var round = 0; round < settings.rounds(); round++) {
      for (var worker : workers) {
        var turn = worker.run(row.operation(), row.threads(), settings.millis());
        turns.merge(worker.peer(), turn, Turn::plus);
      }
      Collections.reverse(workers);
    }
    return turns;
  }

  /** The time from opening a store to its first hit, in a new process. */
  Map<Peer, Turn> restart() throws IOException {
    var bed = new Bed(100, settings.restarted(), 10_000);
    var times = new LinkedHashMap<Peer, Turn>();
    for (var peer : settings.peers().stream().filter(Peer::onDisk).toList()) {
      var place = empty(peer);
      try (var filling = WorkerProcess.start(peer, bed, false, place, log)) {
        filling.answer();
      }
      for (var round = 0; round < settings.rounds(); round++) {
        try (var finding = WorkerProcess.start(peer, bed, true, place, log)) {
          times.merge(
              peer, finding.answer(), (one, other) -> one.nanos() < other.nanos() ? one : other);
        }
      }
      progress.accept("opened " + peer.title() + " again");
    }
    return times;
  }

  private Path empty(Peer peer) throws IOException {
    var place = folder.resolve(peer.word());
    delete(place);
    return Files.createDirectories(place);
  }

  /** Deletes a folder with what is in it. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(Comparison::deleteOne);
      }
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
