package dev.larder;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The user code of a cache.
 *
 * @param loader read-through for {@link Cache#get(Object)} and {@link Cache#getAll}, or null
 * @param writer write-through, or null
 * @param weigher what entries cost, or null where every entry costs one
 * @param listeners who is told of events
 * @param loadTimeout how long a load may take; zero for as long as it takes
 */
public record Hooks<K, V>(
    @Nullable CacheLoader<? super K, ? extends V> loader,
    @Nullable CacheWriter<? super K, ? super V> writer,
    @Nullable Weigher<? super K, ? super V> weigher,
    List<CacheListener.Registration<K, V>> listeners,
    Duration loadTimeout) {

  /** Copies the list; throws {@link IllegalArgumentException} when the timeout is negative. */
  public Hooks {
    listeners = List.copyOf(listeners);
    Checks.notNegative(loadTimeout, "loadTimeout");
  }

  /** No user code at all. */
  public static <K, V> Hooks<K, V> none() {
    return new Hooks<>(null, null, null, List.of(), Duration.ZERO);
  }
}
