package dev.larder.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What an entry costs on the heap beyond its key and value objects: how much more of the heap is in
 * use after a million entries were put into a cache. In a process of its own, since the heap is
 * shared.
 */
final class Footprint {
  static final int ENTRIES = 1_000_000;

  /** A fifth of room, so that a cache of bounded segments loses none. */
  private static final int CAPACITY = 1_200_000;

  private static final int COLLECTIONS = 4;

  private Footprint() {}

  /** Arguments: the peer and the expiry. Prints bytes for each entry. */
  public static void main(String... arguments) {
    var peer = Peer.valueOf(arguments[0]);
    var bytes = perEntry(peer, setup(Setup.Expiry.valueOf(arguments[1])), ENTRIES);
    System.out.println(Worker.ANSWER + bytes);
    System.exit(0); // a peer's threads may be no daemons
  }

  static Setup setup(Setup.Expiry expiry) {
    return new Setup(ENTRIES, CAPACITY, expiry, false, false);
  }

  /** Measures in this process. */
  static double perEntry(Peer peer, Setup setup, int entries) {
    var keys = Keys.universe(entries);
    var values = Keys.universe(entries);
    peer.create(setup).close(); // classes and shared parts are no entries
    var before = heapUsed();
    try (var cache = peer.create(setup)) {
      for (var i = 0; i < entries; i++) {
        cache.put(keys[i], values[i]);
      }
      var after = heapUsed();
      if (cache.get(keys[0]) == null || cache.get(keys[entries - 1]) == null) {
        throw new IllegalStateException(peer.title() + " lost entries below its capacity");
      }
      return (double) (after - before) / entries;
    } finally {
      // Or an array that is not used any more would be collected in between and counted against the
      // cache, 4 bytes an entry.
      Reference.reachabilityFence(keys);
      Reference.reachabilityFence(values);
    }
  }

  private static long heapUsed() {
    var memory = ManagementFactory.getMemoryMXBean();
    var least = Long.MAX_VALUE;
    for (var i = 0; i < COLLECTIONS; i++) {
      memory.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  /** Measures every peer and returns a table. */
  static String table(List<Peer> peers, Path log) throws IOException {
    var text = new StringBuilder("| | no expiry | expire after write |\n|---|---:|---:|\n");
    for (var peer : peers) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %-17s | %6s | %6s |\n",
              peer.title(),
              cell(peer, Setup.Expiry.NONE, log),
              cell(peer, Setup.Expiry.AFTER_WRITE, log)));
    }
    return text.toString();
  }

  private static String cell(Peer peer, Setup.Expiry expiry, Path log) throws IOException {
    if (!peer.supports(setup(expiry))) {
      return "-";
    }
    var process = JavaProcess.start(Footprint.class, log, peer.name(), expiry.name());
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var answer = output.lines().filter(line -> line.startsWith(Worker.ANSWER)).findFirst();
    if (answer.isEmpty()) {
      throw new IOException(peer.title() + " gave no footprint; its output is in " + log);
    }
    var bytes = Double.parseDouble(answer.get().substring(Worker.ANSWER.length()));
    return String.format(Locale.ROOT, "%.0f", bytes);
  }
}
