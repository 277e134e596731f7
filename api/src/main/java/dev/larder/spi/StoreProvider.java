package dev.larder.spi;

import dev.larder.CacheSpec;
import dev.larder.Placement;
import java.util.Set;

/**
 * Opens stores of one topology; found with {@link java.util.ServiceLoader} by its word. Opening
 * creates or attaches; closing a store keeps shared data; destroying deletes it.
 */
public interface StoreProvider {

  /** The word in the configuration. */
  String topology();

  /**
   * Whether its stores hold {@link Payload} under {@link Bytes}, so that the engine puts its
   * encoding in front; otherwise they hold the user's objects.
   */
  boolean holdsBytes();

  /**
   * Whether its stores belong to this process alone while they are open: the calling thread does
   * the work itself, so that whoever must not wait hands the call to an executor; changes are
   * reported as a local store does, on the thread that made them; and nobody else changes entries,
   * so that a tier of memory goes in front.
   */
  default boolean inProcess() {
    return false;
  }

  /** The names of the caches that exist in that place. */
  Set<String> names(Placement placement, Context context);

  /**
   * Deletes the entries of the cache of that name in the place that the description says, whether
   * or not it is open; does nothing when it does not exist.
   */
  void destroy(CacheSpec<?, ?> spec, Context context);

  /**
   * Opens the store of a cache. Where {@link #holdsBytes}, K is {@link Bytes} and V is {@link
   * Payload}, and the types in the description are those of the user.
   *
   * @throws dev.larder.ConfigurationException when the description cannot be met, naming the
   *     setting and what is allowed
   */
  <K, V> Store<K, V> open(CacheSpec<?, ?> spec, StoreEvents<K, V> events, Context context);
}
