package dev.larder.codec;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Entry;
import dev.larder.Larder;
import dev.larder.testkit.VirtualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Caches of a manager whose time stands still until a test moves it. */
final class Caches implements AutoCloseable {
  final VirtualClock clock = new VirtualClock();
  private final Larder larder = Larder.builder().clock(clock).open();
  private int made;

  <K, V> Cache<K, V> of(Class<K> keys, Class<V> values) {
    return of(keys, values, spec -> spec);
  }

  <K, V> Cache<K, V> of(
      Class<K> keys, Class<V> values, UnaryOperator<CacheSpec.Builder<K, V>> more) {
    var spec = CacheSpec.of("cache-" + ++made, keys, values).maximumEntries(1_000);
    return larder.create(more.apply(spec).build());
  }

  void pass(Duration time) {
    clock.advance(time);
  }

  /** What is left of each entry's life, by key. */
  <K, V> Map<K, Duration> lives(Cache<K, V> cache) {
    var lives = new HashMap<K, Duration>();
    for (Entry<K, V> entry : cache) {
      entry
          .expiresAt()
          .ifPresent(at -> lives.put(entry.key(), Duration.between(clock.instant(), at)));
    }
    return lives;
  }

  static <K, V> Map<K, V> contents(Cache<K, V> cache) {
    var contents = new HashMap<K, V>();
    cache.forEach(entry -> contents.put(entry.key(), entry.value()));
    return contents;
  }

  @Override
  public void close() {
    larder.close();
  }
}
