package dev.larder.engine;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A loader whose value comes later, and may be null, which is then the answer and not stored. */
@FunctionalInterface
public interface StagedLoader<K, V> {

  /** Begins to load; throws, or gives a stage that fails, when there is no answer. */
  CompletionStage<? extends @Nullable V> begin(K key) throws Exception;
}
