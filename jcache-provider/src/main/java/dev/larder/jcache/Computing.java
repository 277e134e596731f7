package dev.larder.jcache;

import dev.larder.engine.OptionalLoader;
import dev.larder.jcache.copy.Copier;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What a caller computes for one key, as a loader: checked and copied as what it puts. */
record Computing<K, V>(
    Callable<? extends @Nullable V> computation, Types<K, V> types, Copier copier)
    implements OptionalLoader<K, V> {

  @Override
  public @Nullable V find(K key) throws Exception {
    V value = computation.call();
    return value == null ? null : copier.copy(types.value(value));
  }
}
