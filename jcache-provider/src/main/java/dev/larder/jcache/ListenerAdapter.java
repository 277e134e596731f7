package dev.larder.jcache;

import dev.larder.CacheEvent;
import dev.larder.CacheListener;
import dev.larder.RemovalCause;
import dev.larder.jcache.copy.Copier;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * A registered JCache listener with its filter. Told of creations, updates, removals by the user
 * and expirations; evictions and clearing are no events of JSR-107.
 */
final class ListenerAdapter<K, V> implements CacheListener<K, V> {
  private final Cache<K, V> cache;
  private final Copier copier;
  private final CacheEntryListener<? super K, ? super V> listener;
  private final @Nullable CacheEntryEventFilter<? super K, ? super V> filter;
  private final Delivery delivery;

  private ListenerAdapter(
      Cache<K, V> cache,
      Copier copier,
      CacheEntryListener<? super K, ? super V> listener,
      @Nullable CacheEntryEventFilter<? super K, ? super V> filter,
      Delivery delivery) {
    this.cache = cache;
    this.copier = copier;
    this.listener = listener;
    this.filter = filter;
    this.delivery = delivery;
  }

  /** Makes the listener and its filter with the factories of the configuration. */
  static <K, V> ListenerAdapter<K, V> of(
      Cache<K, V> cache,
      Copier copier,
      CacheEntryListenerConfiguration<K, V> configuration,
      Customizations customizations) {
    var listener = customizations.make(configuration.getCacheEntryListenerFactory());
    if (listener == null) {
      throw new IllegalArgumentException(
          "cache '"
              + cache.getName()
              + "': a listener configuration has a factory without listener");
    }
    return new ListenerAdapter<>(
        cache,
        copier,
        listener,
        customizations.make(configuration.getCacheEntryEventFilterFactory()),
        configuration.isSynchronous() ? Delivery.SYNCHRONOUS : Delivery.ASYNCHRONOUS);
  }

  Registration<K, V> registration() {
    return new Registration<>(this, delivery);
  }

  /** What users gave and have closed with the listener. */
  void release(Customizations customizations) {
    customizations.close(listener);
    customizations.close(filter);
  }

  @Override
  public Set<CacheEvent.Type> interests() {
    var interests = EnumSet.noneOf(CacheEvent.Type.class);
    if (listener instanceof CacheEntryCreatedListener<?, ?>) {
      interests.add(CacheEvent.Type.CREATED);
    }
    if (listener instanceof CacheEntryUpdatedListener<?, ?>) {
      interests.add(CacheEvent.Type.UPDATED);
    }
    if (listener instanceof CacheEntryRemovedListener<?, ?>
        || listener instanceof CacheEntryExpiredListener<?, ?>) {
      interests.add(CacheEvent.Type.REMOVED);
    }
    return interests;
  }

  @Override
  public void on(CacheEvent<K, V> event) {
    var type = type(event);
    var value = event.value();
    if (type == null || value == null) {
      return;
    }
    var before = type == EventType.UPDATED ? event.before() : left(type, value);
    var told =
        new EntryEvent<>(
            cache, type, copier.copy(event.key()), copier.copy(value), copier.copyOrNull(before));
    try {
      if (filter == null || filter.evaluate(told)) {
        tell(type, told);
      }
    } catch (CacheEntryListenerException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheEntryListenerException(
          "a listener of cache '" + cache.getName() + "' threw; the change is in force", e);
    }
  }

  /** The value that left is both the value and the old value of the event. */
  private static <V> @Nullable V left(EventType type, V value) {
    return type == EventType.CREATED ? null : value;
  }

  private static @Nullable EventType type(CacheEvent<?, ?> event) {
    return switch (event.type()) {
      case CREATED -> EventType.CREATED;
      case UPDATED -> EventType.UPDATED;
      case REMOVED ->
          event.cause() == RemovalCause.EXPLICIT
              ? EventType.REMOVED
              : event.cause() == RemovalCause.EXPIRED ? EventType.EXPIRED : null;
      case HIT, MISS, LOADED -> null;
    };
  }

  @SuppressWarnings("unchecked") // what a listener takes it only reads
  private void tell(EventType type, EntryEvent<K, V> event) {
    var events = List.<CacheEntryEvent<? extends K, ? extends V>>of(event);
    switch (type) {
      case CREATED -> {
        if (listener instanceof CacheEntryCreatedListener<?, ?> wanting) {
          ((CacheEntryCreatedListener<K, V>) wanting).onCreated(events);
        }
      }
      case UPDATED -> {
        if (listener instanceof CacheEntryUpdatedListener<?, ?> wanting) {
          ((CacheEntryUpdatedListener<K, V>) wanting).onUpdated(events);
        }
      }
      case REMOVED -> {
        if (listener instanceof CacheEntryRemovedListener<?, ?> wanting) {
          ((CacheEntryRemovedListener<K, V>) wanting).onRemoved(events);
        }
      }
      case EXPIRED -> {
        if (listener instanceof CacheEntryExpiredListener<?, ?> wanting) {
          ((CacheEntryExpiredListener<K, V>) wanting).onExpired(events);
        }
      }
    }
  }
}
