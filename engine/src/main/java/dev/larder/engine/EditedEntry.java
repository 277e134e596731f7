package dev.larder.engine;

import dev.larder.Checks;
import dev.larder.Life;
import dev.larder.MutableEntry;
import dev.larder.RemovalCause;
import dev.larder.spi.Meta;
import dev.larder.spi.Slot;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The entry an update function works on: keeps what the function wants and does it once, on the
 * slot, when the function has returned.
 */
final class EditedEntry<K, V> implements MutableEntry<K, V> {
  private enum State {
    UNTOUCHED,
    READ,
    LOADED,
    SET,
    REMOVED
  }

  private final K key;
  private final Slot<V> slot;
  private final @Nullable Function<? super K, ? extends @Nullable V> loader;
  private final boolean existed;
  private State state = State.UNTOUCHED;
  private boolean ended;
  private @Nullable V value;
  private long life = Life.UNCHANGED;

  EditedEntry(K key, Slot<V> slot, @Nullable Function<? super K, ? extends @Nullable V> loader) {
    this.key = key;
    this.slot = slot;
    this.loader = loader;
    var current = slot.current();
    this.value = current == null ? null : current.value();
    this.existed = value != null;
  }

  @Override
  public K key() {
    return key;
  }

  @Override
  public @Nullable V value() {
    checkOpen();
    if (value == null && loader != null && state == State.UNTOUCHED) {
      value = loader.apply(key);
      if (value != null) {
        state = State.LOADED;
      }
    }
    if (value != null && state == State.UNTOUCHED) {
      state = State.READ;
    }
    return value;
  }

  @Override
  public boolean exists() {
    checkOpen();
    return value != null;
  }

  @Override
  public void set(V replacement) {
    checkOpen();
    value = Checks.notNull(replacement, "value");
    life = Life.UNCHANGED;
    state = State.SET;
  }

  @Override
  public void set(V replacement, Duration timeToLive) {
    var checked = Life.millis(Checks.positive(timeToLive, "timeToLive"));
    set(replacement);
    life = checked;
  }

  @Override
  public void remove() {
    checkOpen();
    // An entry that came into being in this function goes without a trace.
    state =
        existed || state == State.UNTOUCHED || state == State.REMOVED
            ? State.REMOVED
            : State.UNTOUCHED;
    value = null;
  }

  private void checkOpen() {
    if (ended) {
      throw new IllegalStateException(
          "the entry of key " + key + " is only valid inside the function it was given to");
    }
  }

  /** Ends its validity; nothing is done. */
  void close() {
    ended = true;
  }

  /** Does on the slot what the function wanted and tells what that was. */
  Edited finish() {
    ended = true;
    boolean stored = false;
    switch (state) {
      case UNTOUCHED -> {}
      case READ -> slot.touch();
      case LOADED, SET -> stored = write();
      case REMOVED -> slot.remove(RemovalCause.EXPLICIT);
    }
    return new Edited(
        existed,
        stored && state == State.SET,
        state == State.REMOVED && existed,
        state == State.LOADED);
  }

  private boolean write() {
    var written = Checks.notNull(value, "value");
    return life == Life.UNCHANGED
        ? slot.write(written)
        : slot.write(written, Life.deadline(slot.now(), life), Meta.NONE);
  }

  /**
   * What an update function did.
   *
   * @param existed whether there was an entry before
   * @param put whether it stored a value
   * @param removed whether it removed an entry
   * @param loaded whether what is stored was only loaded, so that no writer is to be told
   */
  record Edited(boolean existed, boolean put, boolean removed, boolean loaded) {}
}
