package dev.larder.testkit.reference;

import dev.larder.Batch;
import dev.larder.Checks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps the operations of a batch until its block is over. */
final class ReferenceBatch<K, V> implements Batch<K, V> {
  private final ReferenceCache<K, V> cache;
  private final List<Runnable> operations = new ArrayList<>();
  private boolean over;

  ReferenceBatch(ReferenceCache<K, V> cache) {
    this.cache = cache;
  }

  void apply() {
    over = true;
    operations.forEach(Runnable::run);
  }

  private Batch<K, V> add(Runnable operation) {
    if (over) {
      throw new IllegalStateException("the batch is over");
    }
    operations.add(operation);
    return this;
  }

  @Override
  public Batch<K, V> put(K key, V value) {
    Checks.notNull(key, "key");
    Checks.notNull(value, "value");
    return add(() -> cache.write(key, value, null));
  }

  @Override
  public Batch<K, V> put(K key, V value, Duration timeToLive) {
    Checks.notNull(key, "key");
    Checks.notNull(value, "value");
    Checks.positive(timeToLive, "timeToLive");
    return add(() -> cache.write(key, value, timeToLive));
  }

  @Override
  public Batch<K, V> remove(K key) {
    Checks.notNull(key, "key");
    return add(() -> cache.take(key));
  }
}
