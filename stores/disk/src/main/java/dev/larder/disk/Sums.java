package dev.larder.disk;

import dev.larder.disk.Table.Totals;
import java.util.concurrent.atomic.AtomicLong;

/** The counters of a cache, kept in memory. Safe for all threads. */
final class Sums {
  private final AtomicLong sequence;
  private final AtomicLong entries;
  private final AtomicLong weight;
  private final AtomicLong bytes;
  private final AtomicLong peak;

  Sums(Totals from) {
    sequence = new AtomicLong(from.sequence());
    entries = new AtomicLong(from.entries());
    weight = new AtomicLong(from.weight());
    bytes = new AtomicLong(from.bytes());
    peak = new AtomicLong(from.entries());
  }

  /** The next id or version. */
  long next() {
    return sequence.incrementAndGet();
  }

  void add(long moreEntries, long moreWeight, long moreBytes) {
    if (moreEntries != 0) {
      var now = entries.addAndGet(moreEntries);
      if (now > peak.get()) {
        peak.accumulateAndGet(now, Math::max);
      }
    }
    if (moreWeight != 0) {
      weight.addAndGet(moreWeight);
    }
    if (moreBytes != 0) {
      bytes.addAndGet(moreBytes);
    }
  }

  void reset() {
    entries.set(0);
    weight.set(0);
    bytes.set(0);
  }

  Totals totals() {
    return new Totals(sequence.get(), entries.get(), weight.get(), bytes.get());
  }

  long entries() {
    return entries.get();
  }

  long weight() {
    return weight.get();
  }

  long bytes() {
    return bytes.get();
  }

  long peak() {
    return peak.get();
  }
}
