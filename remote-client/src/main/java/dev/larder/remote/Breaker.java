package dev.larder.remote;

import java.time.Duration;

/**
 * Whether a host is asked. After failures it is left alone for a while, each time longer; then one
 * request finds out whether it is back. Safe for all threads; time is given in ticks.
 */
final class Breaker {
  /** So many failures one after the other, of requests that had reached the host, open it. */
  static final int FAILURES = 3;

  static final Duration SHORTEST = Duration.ofMillis(100);
  static final Duration LONGEST = Duration.ofSeconds(2);

  /** A host that fails again before it has been well for so long is left alone for longer. */
  static final Duration CALM = Duration.ofSeconds(30);

  private static final int MOST_DOUBLINGS = 7;

  /** How the host is. */
  sealed interface State {}

  /**
   * It is asked.
   *
   * @param failures one after the other
   * @param times how often it was left alone lately
   * @param since when
   */
  record Closed(int failures, int times, long since) implements State {}

  /**
   * It is left alone.
   *
   * @param until when
   * @param times how often it was left alone lately, this time included
   */
  record Open(long until, int times) implements State {}

  /**
   * One request is finding out.
   *
   * @param times as in {@link Open}
   * @param since when
   */
  record HalfOpen(int times, long since) implements State {}

  private final Jitter jitter;
  private volatile State state;

  Breaker(Jitter jitter, long now) {
    this.jitter = jitter;
    this.state = new Closed(0, 0, now);
  }

  State state() {
    return state;
  }

  /** Whether a request may go; who is told so reports what came of it. */
  boolean passes(long now) {
    return state instanceof Closed || probes(now);
  }

  private synchronized boolean probes(long now) {
    if (state instanceof Open open && now - open.until >= 0) {
      state = new HalfOpen(open.times, now);
      return true;
    }
    return state instanceof Closed;
  }

  /** For how many nanoseconds no request may go, as far as is known. */
  long left(long now) {
    var seen = state;
    if (seen instanceof Open open) {
      return Math.max(0, open.until - now);
    }
    return seen instanceof HalfOpen ? SHORTEST.toNanos() / 4 : 0;
  }

  /** The host answered. One that is left alone stays so: that answer was long on its way. */
  void worked(long now) {
    if (!(state instanceof Closed closed && closed.failures == 0)) {
      close(now);
    }
  }

  private synchronized void close(long now) {
    if (state instanceof Closed closed) {
      state = new Closed(0, closed.times, closed.since);
    } else if (state instanceof HalfOpen half) {
      state = new Closed(0, half.times, now);
    }
  }

  /**
   * It did not. What began before the one request that is finding out says nothing.
   *
   * @param atOnce whether this alone opens
   * @param begun when the request began
   */
  synchronized void failed(boolean atOnce, long begun, long now) {
    if (state instanceof Closed closed) {
      var failures = closed.failures + 1;
      var times = now - closed.since > CALM.toNanos() ? 0 : closed.times;
      state =
          atOnce || failures >= FAILURES
              ? open(times, now)
              : new Closed(failures, closed.times, closed.since);
    } else if (state instanceof HalfOpen half && begun - half.since >= 0) {
      state = open(half.times, now);
    }
  }

  /** Nothing was found out: the next one may. */
  synchronized void undecided(long now) {
    if (state instanceof HalfOpen half) {
      state = new Open(now, half.times);
    }
  }

  private Open open(int times, long now) {
    var longest =
        Math.min(SHORTEST.toNanos() << Math.min(times, MOST_DOUBLINGS), LONGEST.toNanos());
    return new Open(now + jitter.of(longest), Math.min(times + 1, MOST_DOUBLINGS));
  }
}
