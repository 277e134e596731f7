package dev.larder.benchmarks.disk;

/**
 * What came of a turn, or of several together.
 *
 * @param operations keys read or written, all threads together
 * @param missed how many reads found nothing
 * @param nanos how long it took, on the clock
 * @param cpuNanos what the process used of the processors meanwhile, background work included
 * @param written bytes that it gave to the system to write, 0 where the system does not say
 */
record Turn(long operations, long missed, long nanos, long cpuNanos, long written) {
  static final Turn NONE = new Turn(0, 0, 0, 0, 0);

  static Turn parse(String text) {
    var parts = text.split(" ");
    return new Turn(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        Long.parseLong(parts[4]));
  }

  String format() {
    return operations + " " + missed + " " + nanos + " " + cpuNanos + " " + written;
  }

  Turn plus(Turn other) {
    return new Turn(
        operations + other.operations,
        missed + other.missed,
        nanos + other.nanos,
        cpuNanos + other.cpuNanos,
        written + other.written);
  }

  /** Microseconds of processor time for each operation. */
  double micros() {
    return cpuNanos / 1e3 / Math.max(1, operations);
  }

  /** Bytes written for each operation. */
  double bytes() {
    return (double) written / Math.max(1, operations);
  }
}
