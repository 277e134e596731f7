package dev.larder;

import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Set;

/**
 * Told of what happens to entries. Events of one key come in the order in which the changes
 * happened, one at a time; events of different keys may come at the same time on different threads.
 * Called after the change is in force and with no lock of the cache held, so it may use the cache.
 * A listener that throws is logged and counted and breaks nothing.
 */
@FunctionalInterface
public interface CacheListener<K, V> {

  /** When a listener is told. */
  enum Delivery {
    /**
     * Before the operation that caused the event returns to its caller; a listener's own operations
     * do not wait for their events.
     */
    SYNCHRONOUS,
    /** Later, on the manager's executor. */
    ASYNCHRONOUS
  }

  /** Told of one event. */
  void on(CacheEvent<K, V> event);

  /**
   * The kinds of event it wants; asked once, at registration. Wanting hits or misses puts a call on
   * the read path.
   */
  default Set<CacheEvent.Type> interests() {
    return EnumSet.allOf(CacheEvent.Type.class);
  }

  /**
   * Told that events of a shared store were lost on the way: about {@code events} of them, 0 when
   * the number is not known.
   */
  default void onGap(long events) {}

  /**
   * A listener that logs every change, load and removal to {@link System.Logger} {@code
   * dev.larder.events}.
   */
  static <K, V> CacheListener<K, V> logging(Level level) {
    return new LoggingListener<>(level);
  }

  /**
   * A listener with its delivery.
   *
   * @param listener the listener
   * @param delivery when it is told
   */
  record Registration<K, V>(CacheListener<? super K, ? super V> listener, Delivery delivery) {
    /** Checks that neither part is null. */
    public Registration {
      Checks.notNull(listener, "listener");
      Checks.notNull(delivery, "delivery");
    }
  }
}
