package dev.larder;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A cache that computes what it does not have, once for all who want it at the same time; on
 * topology {@code remote} also for those in other processes. The caches of Larder's JCache provider
 * are of this type too, so that code written against JCache can share loads without a loader in the
 * configuration; they copy what goes in and out as for any other operation.
 *
 * @see Cache#get(Object, CacheLoader)
 */
public interface SingleFlight<K, V> {

  /**
   * The value of the key; when it is missing, what the computation gives, which is stored. The
   * computation runs without any lock of the cache, on the calling thread unless the cache has a
   * load timeout; callers that come meanwhile wait for it. A write or removal of the key meanwhile
   * wins: what was computed is then given to those who waited, and not stored.
   *
   * @param computation may give null, which is then the answer to all who waited and is not stored
   * @return null when the computation found nothing
   * @throws RuntimeException for a computation that threw, with what it threw as the cause, to all
   *     who waited: {@link CacheLoadException}, or {@code CacheLoaderException} of a JCache cache;
   *     with a {@link RecursiveLoadException} when the wait would never end
   */
  @Nullable V getOrCompute(K key, Callable<? extends @Nullable V> computation);

  /**
   * As {@link #getOrCompute}, for a computation that gives its value later: until its stage is
   * done, others who want the value share it, those of {@code getOrCompute} too. Looks at the
   * cache, and calls the computation, on the calling thread, which waits for nobody: a load of
   * another process is waited for without a thread. Where nothing came of that, the computation is
   * called on the manager's executor.
   *
   * @param computation may give null in place of a stage, which is as a stage of null
   * @return a stage of the caller's own, to complete or cancel without harm to others; it fails as
   *     {@code getOrCompute} throws, also where the computation throws and gives no stage
   * @throws RuntimeException for a computation that asks for its own key while it is called, with a
   *     {@link RecursiveLoadException} as there; circles of stages are not seen
   */
  CompletionStage<@Nullable V> getOrComputeLater(
      K key, Callable<? extends @Nullable CompletionStage<? extends @Nullable V>> computation);
}
