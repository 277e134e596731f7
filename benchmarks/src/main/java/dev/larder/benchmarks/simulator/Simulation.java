package dev.larder.benchmarks.simulator;

/** A cache that is read through, at some point of a trace. Used by one thread. */
interface Simulation extends AutoCloseable {
  /**
   * Reads a key; when its entry is not there, a new one comes in and others leave.
   *
   * @param id the number of the key, as the trace counts them
   * @param position where in the trace this is
   * @return whether the entry was there
   */
  boolean access(int id, int position);

  @Override
  default void close() {}
}
