package dev.larder.benchmarks;

import java.util.List;

/**
 * One measurement, or several together.
 *
 * @param operations how many operations there were, all threads together
 * @param nanos how long that took, on the clock
 * @param cpuNanos how much of the processors the whole process used meanwhile, collector and
 *     background threads included; known to ten milliseconds
 */
record Sample(long operations, long nanos, long cpuNanos) {

  static Sample parse(String text) {
    var parts = text.split(" ");
    return new Sample(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }

  String format() {
    return operations + " " + nanos + " " + cpuNanos;
  }

  /** Operations per microsecond of wall time. */
  double rate() {
    return operations * 1e3 / nanos;
  }

  /** Operations per microsecond of processor time, of all samples together. */
  static double cpuRate(List<Sample> samples) {
    var operations = samples.stream().mapToLong(Sample::operations).sum();
    var cpu = samples.stream().mapToLong(Sample::cpuNanos).sum();
    return operations * 1e3 / Math.max(1, cpu);
  }

  /** The median rate of wall time, which one disturbed round does not move. */
  static double rate(List<Sample> samples) {
    var rates = samples.stream().mapToDouble(Sample::rate).sorted().toArray();
    var middle = rates.length / 2;
    return rates.length % 2 == 1 ? rates[middle] : (rates[middle - 1] + rates[middle]) / 2;
  }
}
