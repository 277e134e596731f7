package dev.larder.jcache;

import dev.larder.CacheException;
import dev.larder.engine.CacheFront;
import dev.larder.jcache.copy.Copier;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The front's own stages, with checks and copies in between. */
record Later<K, V>(CacheFront<K, V> front, Types<K, V> types, Copier copier)
    implements AsyncReads<K, V> {

  @Override
  public CompletionStage<@Nullable V> later(K key) {
    var wanted = copier.copy(types.key(key));
    try {
      return told(front.async().get(wanted), copier);
    } catch (CacheException e) {
      throw Failures.of(e);
    }
  }

  /** What a stage of the front means to a user of JCache. */
  static <V> CompletionStage<@Nullable V> told(CompletionStage<@Nullable V> stage, Copier copier) {
    return stage.thenApply(copier::<V>copyOrNull).exceptionallyCompose(Later::failed);
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
