package dev.larder;

/**
 * Where a cache gets its time. Expiry uses {@link #now}; latencies use {@link #ticks}.
 * Implementations are safe for all threads and never go back.
 */
public interface Clock {

  /**
   * Milliseconds since the epoch, cheap enough for every read: it may lag {@link #exact} by up to
   * {@link #resolutionMillis}.
   */
  long now();

  /**
   * Milliseconds since the epoch, now. May cost as much as reading the system's clock, and brings
   * {@link #now} up to it.
   */
  long exact();

  /** Nanoseconds from an arbitrary origin, for measuring how long something took. */
  long ticks();

  /**
   * By how much {@link #now} may lag while the process runs, in milliseconds; 0 when it never does.
   */
  long resolutionMillis();
}
