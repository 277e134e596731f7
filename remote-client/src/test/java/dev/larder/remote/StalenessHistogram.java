package dev.larder.remote;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** How old what reads showed was, in whole milliseconds. Safe for all threads. */
final class StalenessHistogram {
  private static final int LONGEST = 60_000;
  private static final int STEP = 50;
  private final AtomicLongArray counts = new AtomicLongArray(LONGEST + 1);
  private final AtomicLong most = new AtomicLong();

  /** A read showed what was right until so long ago; 0 for what is right. */
  void add(long nanos) {
    most.accumulateAndGet(nanos, Math::max);
    counts.incrementAndGet((int) Math.min(LONGEST, TimeUnit.NANOSECONDS.toMillis(nanos)));
  }

  /** What another one counted. */
  void addAll(StalenessHistogram other) {
    most.accumulateAndGet(other.most.get(), Math::max);
    for (int each = 0; each <= LONGEST; each++) {
      counts.addAndGet(each, other.counts.get(each));
    }
  }

  /** How many reads were so stale, for each range of milliseconds that is not empty. */
  private String ranges() {
    var text = new StringBuilder();
    for (int from = 0, to = 1; from <= LONGEST; from = to, to = to < STEP ? STEP : to + STEP) {
      long sum = 0;
      for (int each = from; each < Math.min(to, LONGEST + 1); each++) {
        sum += counts.get(each);
      }
      if (sum > 0) {
        text.append(' ').append(from).append("..").append(to).append(": ").append(sum);
      }
    }
    return text.toString();
  }

  long most() {
    return most.get();
  }

  long total() {
    long sum = 0;
    for (int each = 0; each <= LONGEST; each++) {
      sum += counts.get(each);
    }
    return sum;
  }

  /** The milliseconds that this share of the reads did not exceed. */
  long at(double share) {
    var wanted = (long) Math.ceil(total() * share);
    long sum = 0;
    for (int each = 0; each <= LONGEST; each++) {
      sum += counts.get(each);
      if (sum >= wanted) {
        return each;
      }
    }
    return LONGEST;
  }

  @Override
  public String toString() {
    return total()
        + " reads; ms stale p50 "
        + at(0.5)
        + ", p90 "
        + at(0.9)
        + ", p99 "
        + at(0.99)
        + ", p99.9 "
        + at(0.999)
        + ", max "
        + most() / 1_000_000.0
        + "; by ms"
        + ranges();
  }
}
