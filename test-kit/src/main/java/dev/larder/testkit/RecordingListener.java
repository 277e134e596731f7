package dev.larder.testkit;

import dev.larder.CacheEvent;
import dev.larder.CacheListener;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that keeps what it is told. Safe for all threads. */
public final class RecordingListener<K, V> implements CacheListener<K, V> {
  private final BlockingQueue<CacheEvent<K, V>> events = new LinkedBlockingQueue<>();
  private final Set<CacheEvent.Type> interests;

  private RecordingListener(Set<CacheEvent.Type> interests) {
    this.interests = interests;
  }

  /** A listener for changes: creations, updates and removals. */
  public static <K, V> RecordingListener<K, V> ofChanges() {
    return of(
        EnumSet.of(CacheEvent.Type.CREATED, CacheEvent.Type.UPDATED, CacheEvent.Type.REMOVED));
  }

  /** A listener for everything. */
  public static <K, V> RecordingListener<K, V> ofAll() {
    return of(EnumSet.allOf(CacheEvent.Type.class));
  }

  /** A listener for these kinds of event. */
  public static <K, V> RecordingListener<K, V> of(Set<CacheEvent.Type> interests) {
    return new RecordingListener<>(Set.copyOf(interests));
  }

  @Override
  public void on(CacheEvent<K, V> event) {
    events.add(event);
  }

  @Override
  public Set<CacheEvent.Type> interests() {
    return interests;
  }

  /** Takes out what came so far, in order. */
  public List<CacheEvent<K, V>> drain() {
    var drained = new ArrayList<CacheEvent<K, V>>();
    events.drainTo(drained);
    return drained;
  }

  /**
   * As {@link #drain}, as text: {@code CREATED k=v}, {@code UPDATED k=old>new}, {@code REMOVED k=v
   * EXPIRED}, {@code MISS k}.
   */
  public List<String> drainText() {
    return drain().stream().map(RecordingListener::text).toList();
  }

  /** Whether nothing came since the last look. */
  public boolean isEmpty() {
    return events.isEmpty();
  }

  /** Takes the next event as text, as {@link #take}. */
  public String next() {
    return text(take());
  }

  /** Takes the next event, waiting for it for at most {@link Actor#PATIENCE}. */
  public CacheEvent<K, V> take() {
    try {
      var event = events.poll(Actor.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (event == null) {
        throw new AssertionError("waited in vain for an event");
      }
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for an event", e);
    }
  }

  /** An event as {@link #drainText} writes it. */
  public static String text(CacheEvent<?, ?> event) {
    var text = new StringBuilder().append(event.type()).append(' ').append(event.key());
    if (event.value() != null) {
      text.append('=').append(event.before() == null ? "" : event.before() + ">");
      text.append(event.value());
    }
    return text.append(event.cause() == null ? "" : " " + event.cause()).toString();
  }
}
