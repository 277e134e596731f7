package dev.larder.disk.crash;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one key may hold at any moment, for a key with one writer and any number of readers: the
 * state after some write that had begun when the read ended, and none before the last write that
 * had ended, or that any read had shown, when the read began. That is all there is to the
 * linearizability of such a key. Where entries may be evicted a read may find nothing at any time,
 * but what it missed must not come back.
 */
final class Register {
  private final int key;
  private final boolean evicts;

  /** Numbers of writes, from 1; only the writer moves the first two. */
  private final AtomicLong begun = new AtomicLong();

  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong shown = new AtomicLong();

  /** The least write that may still be shown, raised by reads that found nothing. */
  private final AtomicLong leastLive = new AtomicLong();

  Register(int key, boolean evicts) {
    this.key = key;
    this.evicts = evicts;
  }

  /** Whether the write of that number removes the entry: every fourth or so; 0 is no write. */
  boolean removes(long write) {
    return write == 0 || Math.floorMod((write + key) * 0x9E3779B97F4A7C15L, 1_000) < 250;
  }

  long begin() {
    return begun.incrementAndGet();
  }

  void end(long write) {
    ended.set(write);
  }

  long lastBegun() {
    return begun.get();
  }

  /** What a read asks before it begins, and hands to {@link #check} when it has ended. */
  Read read() {
    return new Read(Math.max(ended.get(), shown.get()), leastLive.get(), ended.get());
  }

  /**
   * The moment a read began.
   *
   * @param floor the least write whose state it may show
   * @param live the least write whose value it may show
   * @param ended the last write that had ended
   */
  record Read(long floor, long live, long ended) {}

  /** Checks what a read found, 0 for nothing. */
  void check(Read read, long found) {
    var ceiling = begun.get();
    if (found == 0) {
      checkAbsent(read, ceiling);
      return;
    }
    if (found < read.floor || found > ceiling || found < read.live) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "key %d shows write %d; %d had ended or been shown, %d had begun, those below %d were gone",
              key,
              found,
              read.floor,
              ceiling,
              read.live));
    }
    shown.accumulateAndGet(found, Math::max);
  }

  private void checkAbsent(Read read, long ceiling) {
    if (evicts) {
      leastLive.accumulateAndGet(read.ended + 1, Math::max);
      return;
    }
    for (long write = read.floor; write <= ceiling; write++) {
      if (removes(write)) {
        return;
      }
    }
    throw new AssertionError(
        "key " + key + " shows nothing; writes " + read.floor + " to " + ceiling + " put values");
  }
}
