package dev.larder.engine;

import dev.larder.CacheSpec;
import dev.larder.Clock;
import dev.larder.spi.Context;
import dev.larder.spi.EvictionPolicy;
import dev.larder.spi.Store;
import dev.larder.spi.Stored;
import dev.larder.spi.Touch;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/*
 * Why no copy is shown that is older than maxStaleness. The authority confirms an instant c once every change that was
 * in force at c has been told, so every copy that is still here shows what was in force at c or later. A read takes,
 * in this order,
 *
 *   1. the end of trust, c + maxStaleness, by acquire,
 *   2. the value,
 *   3. the time.
 *
 * What it shows at 3 was in force at c or later, for the c of 1: so it is no older than 3 - c, which it compares. The
 * end of trust must come first: were it read after the value, a thread that was put aside in between would find that
 * later changes have been confirmed, whose copies are gone, and show the value from before.
 *
 * The time of 3 is an exact one, or else a process that was stopped (SIGSTOP, a debugger, a machine that was put to
 * sleep as far as its monotonic clock goes on) would show on waking what was right when it was stopped: the coarse
 * tick stands until its thread runs again. It costs as much as the rest of the read; decision 0023 has the price, and
 * `near.clock: coarse` does without.
 */
/**
 * Copies of entries that others change too. They are shown until their freshness runs out, and kept
 * beyond that: if the authority then confirms that nothing was missed, they are shown again.
 */
final class NearCopies<K, V> extends Copies<K, V> {
  private final Clock clock;
  private final boolean exact;
  private final long staleness;
  private final long openedAt;

  /** Whether what an entry lives may be shortened by others, of which nobody hears. */
  private final boolean shortLived;

  /** Whether the first read of an entry ends it. */
  private final boolean endsOnRead;

  /** In ticks, or in milliseconds of the coarse clock. */
  private volatile long trustedUntil;

  /** Guarded by this; in ticks. */
  private long confirmedAt;

  private boolean confirmed;

  NearCopies(
      CacheSpec<K, V> spec,
      TierOptions options,
      EvictionPolicy.Provider policy,
      Store<K, V> authority,
      Context context) {
    super(spec, limited(spec, options), policy, authority, context);
    this.clock = context.clock();
    this.exact = options.freshness().exact();
    this.staleness = options.freshness().maxStaleness();
    this.shortLived = shortLived(spec);
    this.endsOnRead = spec.expiry().life().onAccess() == 0;
    this.openedAt = clock.ticks();
    this.trustedUntil = exact ? openedAt : Long.MIN_VALUE;
  }

  /**
   * Other clients may give an entry less time than it had, with no event: a rule in code on any
   * access, a sliding one whose accesses give less than writes. So a copy lives no longer than what
   * it shows may be old.
   */
  private static TierOptions limited(CacheSpec<?, ?> spec, TierOptions options) {
    return shortLived(spec) ? options.living(options.freshness().maxStaleness()) : options;
  }

  private static boolean shortLived(CacheSpec<?, ?> spec) {
    return spec.expiry().custom() != null || shortens(spec.expiry().life());
  }

  /**
   * Every change that was in force at this moment has been told. Instants may come in any order.
   */
  @Override
  void confirmed(long ticks) {
    synchronized (this) {
      if (confirmed && ticks - confirmedAt <= 0) {
        return;
      }
      confirmed = true;
      confirmedAt = ticks;
      trustedUntil =
          exact
              ? ticks + TimeUnit.MILLISECONDS.toNanos(staleness)
              : clock.exact() - millisSince(ticks) + staleness;
    }
  }

  /** Rounded up. */
  private long millisSince(long ticks) {
    return TimeUnit.NANOSECONDS.toMillis(clock.ticks() - ticks) + 1;
  }

  @Override
  @Nullable V value(K key) {
    var until = trustedUntil;
    if (shortLived) {
      broughtUp();
    }
    var value = super.value(key);
    return value == null || fresh(until) ? value : null;
  }

  @Override
  @Nullable Stored<V> get(K key, Touch touch) {
    var until = trustedUntil;
    if (shortLived) {
      broughtUp();
    }
    var copy = super.get(key, touch);
    return copy == null || fresh(until) ? copy : null;
  }

  @Override
  boolean shown() {
    return fresh(trustedUntil);
  }

  /**
   * The authority hears of a read some time after it. What the first read ends would be shown to
   * others until then, so of that there are no copies.
   */
  @Override
  boolean keeps() {
    return !endsOnRead;
  }

  private boolean fresh(long until) {
    return exact ? clock.ticks() - until < 0 : clock.now() < until;
  }

  @Override
  long instant() {
    return clock.ticks();
  }

  @Override
  boolean recent(long instant) {
    return clock.ticks() - instant < TimeUnit.MILLISECONDS.toNanos(staleness);
  }

  /** The lives of copies themselves go by the tick, which may stand after a stop. */
  private void broughtUp() {
    if (exact) {
      var unused = clock.exact();
    }
  }

  /** A copy that nobody vouches for any more, but whose time has not run out. */
  @Nullable Stored<V> stale(K key) {
    var unused = clock.exact();
    return super.get(key, Touch.PEEK);
  }

  /** A place that starts anew may count versions from anywhere, also lower. */
  @Override
  boolean laterStays() {
    return false;
  }

  @Override
  String problem() {
    var age = age();
    if (age < staleness) {
      return "";
    }
    return "copies are not shown, since "
        + (known()
            ? "the server last confirmed its changes " + age + " ms ago"
            : "the server has not confirmed any")
        + "; the bound is "
        + staleness
        + " ms";
  }

  private synchronized boolean known() {
    return confirmed;
  }

  /** The milliseconds since the last instant that was confirmed, or since the opening. */
  private synchronized long age() {
    var since = confirmed ? confirmedAt : openedAt;
    return TimeUnit.NANOSECONDS.toMillis(clock.ticks() - since);
  }

  @Override
  Map<String, String> details() {
    return Map.of(
        "near.confirmed.ms", known() ? Long.toString(age()) : "never",
        "near.max-staleness.ms", Long.toString(staleness),
        "near.clock", exact ? "exact" : "coarse");
  }
}
