package dev.larder.spi;

import dev.larder.MissCause;
import dev.larder.StoreException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The synchronous half of a store whose operations wait for something outside this process's
 * memory.
 */
public abstract class WaitingStore<K, V> implements Store<K, V> {

  /** For subclasses. */
  protected WaitingStore() {}

  @Override
  public final boolean waits() {
    return true;
  }

  @Override
  public final @Nullable Stored<V> get(K key, Touch touch) {
    return findAndWait(key, touch).entry();
  }

  /**
   * As {@link #find}, waiting. The calling thread does the work itself where the store can use it
   * so, which saves handing it to another.
   */
  public Look<V> findAndWait(K key, Touch touch) {
    return join(find(key, touch));
  }

  @Override
  public @Nullable Stored<V> atHand(K key, Touch touch) {
    return null;
  }

  @Override
  public final <A, R extends @Nullable Object> R update(K key, Update<A, V, R> update, A argument) {
    return updateAndWait(key, update, argument).value();
  }

  /**
   * As {@link #update}, with the version of the change. Verbs with user code run on the calling
   * thread where the store can do so.
   */
  public <A, R extends @Nullable Object> Result<R> updateAndWait(
      K key, Update<A, V, R> update, A argument) {
    return join(updateLater(key, update, argument));
  }

  @Override
  public MissCause explain(K key) {
    return MissCause.UNKNOWN;
  }

  /**
   * Waits for a stage and gives its result or throws its failure. An interrupt ends the wait with a
   * {@link dev.larder.OutcomeUnknownException} and leaves the thread interrupted.
   */
  public static <T extends @Nullable Object> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } catch (CancellationException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new dev.larder.OutcomeUnknownException("interrupted while waiting for the store", e);
    }
  }

  /**
   * A failure as something to throw: unwrapped, runtime exceptions as they are, others inside a
   * {@link StoreException}.
   */
  public static RuntimeException failure(Throwable thrown) {
    var cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof RuntimeException unchecked) {
      return unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new StoreException("the store failed: " + cause, cause);
  }
}
