package dev.larder.jcache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** Writes down what it is told. */
final class Told<K, V>
    implements CacheEntryCreatedListener<K, V>,
        CacheEntryUpdatedListener<K, V>,
        CacheEntryRemovedListener<K, V>,
        CacheEntryExpiredListener<K, V> {

  /** One event. */
  record Event<K, V>(EventType type, K key, @Nullable V before, V value) {}

  private final List<Event<K, V>> events = new ArrayList<>();
  private final CountDownLatch awaited;

  Told() {
    this(0);
  }

  /** One whose {@link #awaited} opens after so many events. */
  Told(int expected) {
    awaited = new CountDownLatch(expected);
  }

  CacheEntryListenerConfiguration<K, V> synchronous() {
    return new MutableCacheEntryListenerConfiguration<K, V>(() -> this, null, true, true);
  }

  CacheEntryListenerConfiguration<K, V> asynchronous() {
    return new MutableCacheEntryListenerConfiguration<K, V>(() -> this, null, true, false);
  }

  CountDownLatch awaited() {
    return awaited;
  }

  synchronized List<Event<K, V>> events() {
    return List.copyOf(events);
  }

  private synchronized void note(Iterable<CacheEntryEvent<? extends K, ? extends V>> told) {
    for (var event : told) {
      events.add(
          new Event<>(event.getEventType(), event.getKey(), event.getOldValue(), event.getValue()));
      awaited.countDown();
    }
  }

  @Override
  public void onCreated(Iterable<CacheEntryEvent<? extends K, ? extends V>> told) {
    note(told);
  }

  @Override
  public void onUpdated(Iterable<CacheEntryEvent<? extends K, ? extends V>> told) {
    note(told);
  }

  @Override
  public void onRemoved(Iterable<CacheEntryEvent<? extends K, ? extends V>> told) {
    note(told);
  }

  @Override
  public void onExpired(Iterable<CacheEntryEvent<? extends K, ? extends V>> told) {
    note(told);
  }
}
