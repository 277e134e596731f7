package dev.larder.testkit.reference;

import dev.larder.Checks;
import dev.larder.MutableEntry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an update function sees: the last change counts. */
final class ReferenceEntry<K, V> implements MutableEntry<K, V> {
  private final K key;
  private @Nullable V value;
  private @Nullable Duration life;
  private boolean changed;
  private boolean read;
  private boolean ended;

  ReferenceEntry(K key, @Nullable V value) {
    this.key = key;
    this.value = value;
  }

  /** Ends the entry and tells whether its value was read. */
  boolean end() {
    ended = true;
    return read;
  }

  boolean changed() {
    return changed;
  }

  @Nullable V result() {
    return value;
  }

  @Nullable Duration life() {
    return life;
  }

  private void open() {
    if (ended) {
      throw new IllegalStateException("the entry is valid only inside the update function");
    }
  }

  @Override
  public K key() {
    open();
    return key;
  }

  @Override
  public @Nullable V value() {
    open();
    read = true;
    return value;
  }

  @Override
  public boolean exists() {
    open();
    return value != null;
  }

  @Override
  public void set(V newValue) {
    change(Checks.notNull(newValue, "value"), null);
  }

  @Override
  public void set(V newValue, Duration timeToLive) {
    change(Checks.notNull(newValue, "value"), Checks.positive(timeToLive, "timeToLive"));
  }

  @Override
  public void remove() {
    change(null, null);
  }

  private void change(@Nullable V newValue, @Nullable Duration timeToLive) {
    open();
    value = newValue;
    life = timeToLive;
    changed = true;
  }
}
