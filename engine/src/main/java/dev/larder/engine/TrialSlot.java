package dev.larder.engine;

import dev.larder.Checks;
import dev.larder.Life;
import dev.larder.RemovalCause;
import dev.larder.spi.Meta;
import dev.larder.spi.Remainder;
import dev.larder.spi.Slot;
import dev.larder.spi.Stored;
import dev.larder.spi.Verbs.At;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A slot that keeps what a verb wants, so that user code can run while the entry stays as it is,
 * and then does it on the real slot. Expiry rules of the user are asked here, at the call that they
 * decide about.
 */
final class TrialSlot<K, V> implements Slot<V> {
  private enum Wish {
    KEEP,
    WRITE,
    WRITE_WITH,
    PUT_BACK,
    TOUCH,
    TOUCH_UNTIL,
    REMOVE
  }

  private final @Nullable Stored<V> current;
  private final long now;
  private final @Nullable CustomExpiry<K, V> expiry;
  private final K key;
  private final LongPredicate redeemer;
  private final Life life;
  private Wish wish = Wish.KEEP;
  private @Nullable V value;
  private long deadline;
  private Meta meta = Meta.NONE;
  private @Nullable Remainder left;
  private RemovalCause cause = RemovalCause.EXPLICIT;

  /** A trial before another slot, with a rule of the user or null. */
  TrialSlot(K key, Slot<V> before, Life life, @Nullable CustomExpiry<K, V> expiry) {
    this(key, before.current(), before.now(), before::redeem, life, expiry);
  }

  TrialSlot(
      K key,
      @Nullable Stored<V> current,
      long now,
      LongPredicate redeemer,
      Life life,
      @Nullable CustomExpiry<K, V> expiry) {
    this.key = key;
    this.current = current;
    this.now = now;
    this.redeemer = redeemer;
    this.expiry = expiry;
    this.life = life;
  }

  @Override
  public @Nullable Stored<V> current() {
    return current;
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public boolean write(V replacement) {
    if (expiry != null) {
      return write(replacement, expiry.onWrite(key, replacement, current, now), Meta.NONE);
    }
    value = replacement;
    wish = Wish.WRITE;
    return (current == null ? life.onCreate() : life.onUpdate()) != 0 && life.limit() != 0;
  }

  @Override
  public boolean write(V replacement, long instant, Meta described) {
    value = replacement;
    deadline = instant;
    meta = described;
    wish = Wish.WRITE_WITH;
    return instant > now;
  }

  @Override
  public boolean write(V replacement, Remainder remainder) {
    value = replacement;
    left = remainder;
    wish = Wish.PUT_BACK;
    return remainder.life() > 0 && remainder.limit() > 0;
  }

  @Override
  public void touch() {
    if (expiry == null) {
      wish = Wish.TOUCH;
    } else if (current != null && current.value() != null) {
      touch(
          expiry.onAccess(key, Checks.notNull(current.value(), "value"), current.deadline(), now));
    }
  }

  @Override
  public void touch(long instant) {
    deadline = instant;
    wish = Wish.TOUCH_UNTIL;
  }

  @Override
  public void remove(RemovalCause why) {
    cause = why;
    wish = Wish.REMOVE;
  }

  @Override
  public boolean redeem(long fillToken) {
    return redeemer.test(fillToken);
  }

  /** The value it would write, null when it would write none. */
  @Nullable V written() {
    return wish == Wish.WRITE || wish == Wish.WRITE_WITH || wish == Wish.PUT_BACK ? value : null;
  }

  /** Whether it would remove. */
  boolean removes() {
    return wish == Wish.REMOVE;
  }

  /**
   * What it would do, as a change that holds for this version only; null when it would do nothing.
   */
  @Nullable At<V> at(long version) {
    return switch (wish) {
      case KEEP -> null;
      case WRITE -> new At<>(version, At.Action.WRITE, value, Life.UNCHANGED);
      case WRITE_WITH -> new At<>(version, At.Action.WRITE, value, deadline);
      case PUT_BACK -> throw new IllegalStateException("an entry is put back only where none is");
      case TOUCH -> new At<>(version, At.Action.TOUCH, null, Life.UNCHANGED);
      case TOUCH_UNTIL -> new At<>(version, At.Action.TOUCH, null, deadline);
      case REMOVE -> new At<>(version, At.Action.REMOVE, null, Life.UNCHANGED);
    };
  }

  /** Does on the real slot what was asked for here. */
  void apply(Slot<V> real) {
    switch (wish) {
      case KEEP -> {}
      case WRITE -> real.write(Checks.notNull(value, "value"));
      case WRITE_WITH -> real.write(Checks.notNull(value, "value"), deadline, meta);
      case PUT_BACK -> real.write(Checks.notNull(value, "value"), Checks.notNull(left, "left"));
      case TOUCH -> real.touch();
      case TOUCH_UNTIL -> real.touch(deadline);
      case REMOVE -> real.remove(cause);
    }
  }
}
