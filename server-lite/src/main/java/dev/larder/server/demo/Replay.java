package dev.larder.server.demo;

import dev.larder.Clock;
import dev.larder.server.console.Progress;
import java.util.SplittableRandom;

/**
 * Asks for the products of a trace one after the other. A page of the trace is always the same
 * product; neighbouring pages are not neighbouring rows.
 */
final class Replay {
  private static final int REPORT_EVERY = 256;

  private final Trace trace;
  private final int passes;
  private final int[] products;
  private final Clock clock;

  Replay(Trace trace, int passes, int rows, Clock clock) {
    this.trace = trace;
    this.passes = passes;
    this.products = shuffled(rows);
    this.clock = clock;
  }

  /** Where products come from. */
  @FunctionalInterface
  interface Source<X extends Exception> {
    Product find(int id) throws X;
  }

  /**
   * What came of it.
   *
   * @param latencies how long each look-up took
   * @param checksum of all that was returned, in order
   */
  record Outcome(Latencies latencies, long checksum) {}

  int lookups() {
    return trace.length() * passes;
  }

  /** Runs all look-ups; {@code done} is told how many, outside of what is measured. */
  <X extends Exception> Outcome run(Source<X> source, Progress.Stage done) throws X {
    var latencies = new Latencies(lookups());
    var checksum = 0L;
    for (var pass = 0; pass < passes; pass++) {
      for (var request = 0; request < trace.length(); request++) {
        var id = product(trace.page(request));
        var before = clock.ticks();
        var product = source.find(id);
        latencies.add(clock.ticks() - before);
        checksum = checksum * 0x9E3779B97F4A7C15L + product.hashCode();
        if (latencies.count() % REPORT_EVERY == 0) {
          done.at(latencies.count());
        }
      }
    }
    return new Outcome(latencies, checksum);
  }

  /** The number of the product behind a page. Where pages outnumber rows, some share a product. */
  int product(int page) {
    return products[page % products.length];
  }

  private static int[] shuffled(int rows) {
    var random = new SplittableRandom(rows);
    var shuffled = new int[rows];
    for (var i = 0; i < rows; i++) {
      var other = random.nextInt(i + 1);
      shuffled[i] = shuffled[other];
      shuffled[other] = i;
    }
    return shuffled;
  }
}
