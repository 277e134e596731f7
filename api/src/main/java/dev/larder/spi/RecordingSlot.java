package dev.larder.spi;

import dev.larder.Life;
import dev.larder.RemovalCause;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A slot that takes note of what the verb asks, for stores whose leases run far from the entry. For
 * one thread.
 *
 * @param <V> the values of the store
 */
public final class RecordingSlot<V> implements Slot<V> {
  private final @Nullable Stored<V> current;
  private final long now;
  private final Life life;
  private final LongPredicate redeem;
  private Wish<V> wish = new Wish.Keep<>();
  private boolean ended;

  /**
   * A slot.
   *
   * @param current the entry when the lease began, null for none
   * @param now the time by which the verb happens
   * @param life the rule of the cache
   * @param redeem whether a fill token holds
   */
  public RecordingSlot(@Nullable Stored<V> current, long now, Life life, LongPredicate redeem) {
    this.current = current;
    this.now = now;
    this.life = life;
    this.redeem = redeem;
  }

  /** What was asked; the slot is over. */
  public Wish<V> end() {
    ended = true;
    return wish;
  }

  private void ask(Wish<V> asked) {
    if (ended) {
      throw new IllegalStateException("the slot is over");
    }
    if (!(wish instanceof Wish.Keep)) {
      throw new IllegalStateException("one change only: first " + wish + ", then " + asked);
    }
    wish = asked;
  }

  @Override
  public @Nullable Stored<V> current() {
    if (ended) {
      throw new IllegalStateException("the slot is over");
    }
    return current;
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public boolean write(V value) {
    ask(new Wish.Write<>(value));
    return (current == null ? life.onCreate() : life.onUpdate()) != 0 && life.limit() != 0;
  }

  @Override
  public boolean write(V value, long deadline, Meta meta) {
    ask(new Wish.WriteUntil<>(value, deadline, meta));
    return deadline > now;
  }

  @Override
  public void touch() {
    ask(new Wish.Touch<>());
  }

  @Override
  public void touch(long deadline) {
    ask(new Wish.TouchUntil<>(deadline));
  }

  @Override
  public void remove(RemovalCause cause) {
    ask(new Wish.Remove<>(cause));
  }

  @Override
  public boolean redeem(long fillToken) {
    return redeem.test(fillToken);
  }
}
