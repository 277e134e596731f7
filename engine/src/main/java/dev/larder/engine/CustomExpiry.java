package dev.larder.engine;

import dev.larder.Expiry;
import dev.larder.HookException;
import dev.larder.Life;
import dev.larder.spi.ExpiryMath;
import dev.larder.spi.Stored;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks an expiry rule that is user code, and keeps its failures from doing harm. */
final class CustomExpiry<K, V> {
  private final String cache;
  private final Expiry<? super K, ? super V> rule;
  private final ExpiryMath math;
  private final Counters counters;

  CustomExpiry(
      String cache, Expiry<? super K, ? super V> rule, ExpiryMath math, Counters counters) {
    this.cache = cache;
    this.rule = rule;
    this.math = math;
    this.counters = counters;
  }

  /** The deadline of a value that is written; throws {@link HookException} when the rule fails. */
  long onWrite(K key, V value, @Nullable Stored<V> current, long now) {
    if (current == null) {
      var life = asked("onCreate", () -> rule.onCreate(key, value));
      return life == null ? Life.FOREVER : deadline(key, life, now);
    }
    var life = asked("onUpdate", () -> rule.onUpdate(key, value));
    return life == null ? current.deadline() : deadline(key, life, now);
  }

  /** The deadline after a read of this value, the one before when the rule leaves it or fails. */
  long onAccess(K key, V value, long before, long now) {
    try {
      var life = asked("onAccess", () -> rule.onAccess(key, value));
      return life == null ? before : Life.deadline(now, Life.millis(life));
    } catch (HookException e) {
      counters.hookFailed(cache, "expiry rule", e);
      return before;
    }
  }

  private long deadline(K key, Duration life, long now) {
    return Life.deadline(
        now, math.shortened(Life.millis(life), NodeTable.spread(key.hashCode()), now));
  }

  private @Nullable Duration asked(String what, Supplier<@Nullable Duration> question) {
    @Nullable Duration life;
    try {
      life = question.get();
    } catch (RuntimeException e) {
      throw new HookException(
          "cache '"
              + cache
              + "': the expiry rule "
              + rule.getClass().getName()
              + " threw in "
              + what
              + ": "
              + e,
          e);
    }
    if (life != null && life.isNegative()) {
      throw new HookException(
          "cache '"
              + cache
              + "': the expiry rule "
              + rule.getClass().getName()
              + " gave "
              + life
              + " in "
              + what
              + "; allowed are zero (at once), a positive duration, or null");
    }
    return life;
  }
}
