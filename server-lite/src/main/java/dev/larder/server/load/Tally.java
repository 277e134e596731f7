package dev.larder.server.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What the connections of one event loop counted. Not for several threads at once. */
final class Tally {
  private static final long FINEST = TimeUnit.MICROSECONDS.toNanos(1);
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);

  private final Histogram latencies = new Histogram(FINEST, LONGEST, 3);
  private long requests;
  private long values;
  private long missing;
  private long refused;
  private String refusal = "";

  /** Counts one answer to a request for so many values. */
  void count(Answer answer, int size, long nanos) {
    latencies.recordValue(Math.min(Math.max(nanos, 0), LONGEST));
    requests++;
    if (answer.refused()) {
      refuse(1, answer.refusal());
    } else {
      values += size;
      missing += answer.missing();
    }
  }

  private void refuse(long times, String why) {
    refused += times;
    if (refusal.isEmpty()) {
      refusal = why;
    }
  }

  /** Adds what another one counted. */
  void add(Tally other) {
    latencies.add(other.latencies);
    requests += other.requests;
    values += other.values;
    missing += other.missing;
    refuse(other.refused, other.refusal);
  }

  Histogram latencies() {
    return latencies;
  }

  long requests() {
    return requests;
  }

  long values() {
    return values;
  }

  long missing() {
    return missing;
  }

  long refused() {
    return refused;
  }

  /** What the server said first when it refused something; empty when it did not. */
  String refusal() {
    return refusal;
  }
}
