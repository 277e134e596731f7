package dev.larder.engine;

import dev.larder.CacheEvent;
import dev.larder.CacheListener;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A registered listener. One that propagates has its exceptions thrown to the caller of the
 * operation, as JSR-107 asks of synchronous listeners.
 */
final class Receiver<K, V> {
  private final CacheListener<? super K, ? super V> listener;
  private final Set<CacheEvent.Type> interests;
  private final boolean propagates;
  private final @Nullable Serial serial;
  private final String cache;
  private final Counters counters;

  Receiver(
      String cache,
      Counters counters,
      CacheListener.Registration<? super K, ? super V> registration,
      boolean propagates,
      Executor executor) {
    this.cache = cache;
    this.counters = counters;
    this.listener = registration.listener();
    this.interests = Set.copyOf(interests(registration.listener()));
    this.propagates = propagates;
    this.serial =
        registration.delivery() == CacheListener.Delivery.ASYNCHRONOUS
            ? new Serial(executor)
            : null;
  }

  private static Set<CacheEvent.Type> interests(CacheListener<?, ?> listener) {
    return listener.interests();
  }

  boolean is(CacheListener<?, ?> other) {
    return listener == other;
  }

  boolean wants(CacheEvent.Type type) {
    return interests.contains(type);
  }

  boolean synchronous() {
    return serial == null;
  }

  /** Takes note of an event for later; asynchronous receivers only. */
  void note(CacheEvent<K, V> event) {
    if (serial != null && !serial.offer(() -> tell(event))) {
      counters.hookFailed(
          cache,
          "listener's queue",
          new IllegalStateException("full at " + Serial.LIMIT + " events; one was left out"));
    }
  }

  void kick() {
    if (serial == null) {
      return;
    }
    try {
      serial.kick();
    } catch (RuntimeException e) {
      // The change is in force; its event stays in the queue and goes with the next one.
      counters.hookFailed(cache, "listener's executor", e);
    }
  }

  /** Tells the listener now and returns what has to be thrown to the caller, if anything. */
  @Nullable Throwable tell(CacheEvent<K, V> event) {
    try {
      listener.on(narrowed(event));
      return null;
    } catch (Throwable e) {
      if (propagates && synchronous()) {
        return e;
      }
      counters.hookFailed(cache, "listener", e);
      return null;
    }
  }

  @SuppressWarnings("unchecked") // an event is only read
  private static <A, B> CacheEvent<A, B> narrowed(CacheEvent<? extends A, ? extends B> event) {
    return (CacheEvent<A, B>) event;
  }

  void gap(long events) {
    try {
      listener.onGap(events);
    } catch (Throwable e) {
      counters.hookFailed(cache, "listener", e);
    }
  }
}
