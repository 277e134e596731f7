package dev.larder.micrometer;

import dev.larder.Cache;
import dev.larder.CacheClosedException;
import dev.larder.CacheException;
import dev.larder.CacheStats;
import dev.larder.Health;
import io.micrometer.core.instrument.Clock;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;

/**
 * What a cache counted, taken once for all meters that are read together: in a cache that is not in
 * this process each look is a request. Safe for all threads; it is only taken when meters are read.
 */
final class Sampled {
  /** The meters of one reading show one moment; the next reading is hardly ever as soon. */
  static final long NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /**
   * One look.
   *
   * @param open whether the cache was open then; afterwards the last counts stay
   */
  record Sample(CacheStats stats, Health.Status health, boolean open) {}

  /** Weak: meters must not keep a cache alive. */
  private final WeakReference<Cache<?, ?>> cache;

  private final Clock clock;
  private Sample last;
  private long takenAt;

  /**
   * Takes the first one.
   *
   * @throws dev.larder.CacheClosedException when the cache is closed
   */
  Sampled(Cache<?, ?> cache, Clock clock) {
    this.cache = new WeakReference<>(cache);
    this.clock = clock;
    this.last = of(cache);
    this.takenAt = clock.monotonicTime();
  }

  private static Sample of(Cache<?, ?> cache) {
    var control = cache.control();
    return new Sample(control.stats(), control.health().status(), true);
  }

  boolean isOf(Cache<?, ?> other) {
    return cache.refersTo(other);
  }

  /** The counts now, or those of a moment ago; the last ones there were once the cache is gone. */
  synchronized Sample get() {
    if (last.open() && clock.monotonicTime() - takenAt >= NANOS) {
      last = next();
      takenAt = clock.monotonicTime();
    }
    return last;
  }

  /** What was seen so far was for the making of meters: the first reading looks anew. */
  synchronized void begin() {
    takenAt = clock.monotonicTime() - NANOS;
  }

  private Sample next() {
    var present = cache.get();
    try {
      if (present != null) {
        return of(present);
      }
    } catch (CacheClosedException e) {
      // As one that is gone.
    } catch (CacheException e) {
      // Its store gives no counts at present: a reading of meters must not fail for it.
      return new Sample(last.stats(), Health.Status.UNHEALTHY, true);
    }
    return new Sample(last.stats(), Health.Status.UNHEALTHY, false);
  }
}
