package dev.larder.jcache;

import dev.larder.engine.StagedLoader;
import dev.larder.jcache.copy.Copier;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** As {@link Computing}, where the value comes later. */
record ComputingLater<K, V>(
    Callable<? extends @Nullable CompletionStage<? extends @Nullable V>> computation,
    Types<K, V> types,
    Copier copier)
    implements StagedLoader<K, V> {

  @Override
  public CompletionStage<? extends @Nullable V> begin(K key) throws Exception {
    @Nullable CompletionStage<? extends @Nullable V> stage = computation.call();
    return stage == null ? CompletableFuture.completedFuture(null) : stage.thenApply(this::kept);
  }

  private @Nullable V kept(@Nullable V value) {
    return value == null ? null : copier.copy(types.value(value));
  }
}
