package dev.larder.benchmarks.remote;

/**
 * What a server counted since it began, or between two looks. Bytes are what went through its
 * connections: all of the protocol, nothing of TCP and below.
 *
 * @param requests that it answered
 * @param in bytes that it read
 * @param out bytes that it wrote
 * @param cpu nanoseconds that it used of the processors
 */
record Traffic(long requests, long in, long out, long cpu) {
  static final Traffic NONE = new Traffic(0, 0, 0, 0);

  Traffic minus(Traffic other) {
    return new Traffic(requests - other.requests, in - other.in, out - other.out, cpu - other.cpu);
  }

  /** Without what two looks themselves added; processor time cannot be told apart. */
  Traffic without(Traffic looks) {
    return new Traffic(
        Math.max(0, requests - looks.requests),
        Math.max(0, in - looks.in),
        Math.max(0, out - looks.out),
        cpu);
  }
}
