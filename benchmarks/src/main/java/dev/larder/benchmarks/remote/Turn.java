package dev.larder.benchmarks.remote;

import dev.larder.benchmarks.server.Sample;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What came of a turn.
 *
 * @param operations how many there were, all threads together
 * @param missed how many of them found nothing
 * @param nanos how long it took, on the clock
 * @param cpu nanoseconds that the client used of the processors meanwhile, background work included
 * @param p50 nanoseconds that half of the calls did not exceed
 * @param p99 nanoseconds that 99 % of the calls did not exceed
 * @param server what the server counted meanwhile
 */
record Turn(
    long operations, long missed, long nanos, long cpu, long p50, long p99, Traffic server) {

  /** As {@link #format} wrote it; the server is not known there. */
  static Turn parse(String text) {
    var parts = text.split(" ");
    return new Turn(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        Long.parseLong(parts[4]),
        Long.parseLong(parts[5]),
        Traffic.NONE);
  }

  String format() {
    return String.format(
        Locale.ROOT, "%d %d %d %d %d %d", operations, missed, nanos, cpu, p50, p99);
  }

  Turn with(Traffic counted) {
    return new Turn(operations, missed, nanos, cpu, p50, p99, counted);
  }

  /** Operations a second. */
  double rate() {
    return operations * 1e9 / nanos;
  }

  static double median(List<Turn> turns, ToDoubleFunction<Turn> figure) {
    return Sample.median(turns.stream().mapToDouble(figure).toArray());
  }

  /** A figure of all turns together for each operation. */
  static double each(List<Turn> turns, ToDoubleFunction<Turn> figure) {
    var operations = turns.stream().mapToLong(Turn::operations).sum();
    return turns.stream().mapToDouble(figure).sum() / Math.max(1, operations);
  }

  /** Microseconds of the processors for each operation, client and server. */
  static double micros(List<Turn> turns) {
    return each(turns, turn -> turn.cpu() + turn.server().cpu()) / 1e3;
  }
}
