package dev.larder.engine;

import dev.larder.Batch;
import dev.larder.Checks;
import dev.larder.spi.Step;
import dev.larder.spi.Verbs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects the steps of a batch. */
final class BatchScope<K, V> implements Batch<K, V> {
  private final List<Step<K, V>> steps = new ArrayList<>();
  private boolean ended;

  @Override
  public Batch<K, V> put(K key, V value) {
    return add(Step.of(Checks.notNull(key, "key"), Verbs.put(), Checks.notNull(value, "value")));
  }

  @Override
  public Batch<K, V> put(K key, V value, Duration timeToLive) {
    return add(
        Step.of(Checks.notNull(key, "key"), Verbs.putWith(), CacheFront.terms(value, timeToLive)));
  }

  @Override
  public Batch<K, V> remove(K key) {
    return add(Step.of(Checks.notNull(key, "key"), Verbs.delete(), Verbs.Nothing.NOTHING));
  }

  private Batch<K, V> add(Step<K, V> step) {
    if (ended) {
      throw new IllegalStateException("a batch is only valid inside the block it was given to");
    }
    steps.add(step);
    return this;
  }

  List<Step<K, V>> end() {
    ended = true;
    return steps;
  }
}
