package dev.larder.jcache;

import dev.larder.CacheException;
import dev.larder.CacheLoader;
import dev.larder.Checks;
import dev.larder.engine.CacheFront;
import dev.larder.jcache.copy.Copier;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The front's own loads, with checks and copies in between. */
record Loading<K, V>(CacheFront<K, V> front, Types<K, V> types, Copier copier)
    implements LoadingCache<K, V> {

  @Override
  public V get(K key, CacheLoader<? super K, ? extends V> loader) {
    var wanted = copier.copy(types.key(key));
    Checks.notNull(loader, "loader");
    try {
      return copier.copy(front.get(wanted, asked -> loaded(asked, loader)));
    } catch (CacheException e) {
      throw Failures.of(e);
    }
  }

  @SuppressWarnings("NullAway") // a null is reported by who asked for the value
  private V loaded(K key, CacheLoader<? super K, ? extends V> loader) throws Exception {
    @Nullable V value = loader.load(copier.copy(key));
    return value == null ? null : copier.copy(types.value(value));
  }

  @Override
  public CompletionStage<@Nullable V> later(K key) {
    var wanted = copier.copy(types.key(key));
    try {
      return front
          .async()
          .get(wanted)
          .thenApply(copier::<V>copyOrNull)
          .exceptionallyCompose(Loading::failed);
    } catch (CacheException e) {
      throw Failures.of(e);
    }
  }

  private static <T> CompletionStage<T> failed(Throwable thrown) {
    var failure =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return CompletableFuture.failedFuture(
        failure instanceof CacheException larder ? Failures.of(larder) : failure);
  }
}
