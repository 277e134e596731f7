package dev.larder.annotations;

import dev.larder.RecursiveLoadException;
import dev.larder.SingleFlight;
import dev.larder.annotations.SharedFlights.Computed;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Methods that return stages over caches of Larder: as {@link SharedFlights}, without a thread that
 * waits. Loaded only where Larder is there.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whoever called the method gets it, as an Object
final class SharedStages {
  private SharedStages() {}

  @SuppressWarnings("unchecked") // the same keys and values
  static @Nullable Object result(Work work) throws Throwable {
    var flights = (SingleFlight<Object, Object>) work.cache();
    var mine = new Attempt(work);
    CompletionStage<@Nullable Object> held;
    try {
      held = flights.getOrComputeLater(work.key(), mine);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof RecursiveLoadException && !mine.began) {
        return work.proceed();
      }
      throw e;
    }
    if (mine.stageless != Thread.currentThread()) {
      return answered(work, held);
    }
    var thrown = mine.thrown;
    if (thrown != null) {
      throw thrown;
    }
    return null;
  }

  private static CompletableFuture<@Nullable Object> answered(
      Work work, CompletionStage<@Nullable Object> held) {
    var result = new CompletableFuture<@Nullable Object>();
    var unused =
        held.whenComplete(
            (value, failure) -> {
              if (failure != null) {
                result.completeExceptionally(thrown(Work.cause(failure)));
                return;
              }
              try {
                result.complete(work.answer(value));
              } catch (RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  private static Throwable thrown(Throwable failure) {
    @Nullable Throwable cause = failure.getCause();
    return cause instanceof Computed computed ? computed.thrown : failure;
  }

  /** The computation of one caller, and what became of it. */
  private static final class Attempt
      implements Callable<@Nullable CompletionStage<@Nullable Object>> {
    private final Work work;
    private volatile boolean began;
    private volatile @Nullable Throwable thrown;

    /** Where the method gave no stage, or threw. */
    private volatile @Nullable Thread stageless;

    Attempt(Work work) {
      this.work = work;
    }

    @Override
    public @Nullable CompletionStage<@Nullable Object> call() throws Computed {
      began = true;
      var cached = work.cachedException();
      if (cached != null) {
        return CompletableFuture.failedFuture(new Computed(cached));
      }
      CompletionStage<?> stage;
      try {
        stage = (CompletionStage<?>) work.proceed();
      } catch (Throwable e) {
        thrown = e;
        stageless = Thread.currentThread();
        throw new Computed(e);
      }
      if (stage == null) {
        stageless = Thread.currentThread();
        return null;
      }
      return held(stage);
    }

    private CompletionStage<@Nullable Object> held(CompletionStage<?> stage) {
      return stage.handle(
          (value, failure) -> {
            if (failure == null) {
              return work.heldFor(value);
            }
            var cause = Work.cause(failure);
            work.failed(cause);
            throw new CompletionException(new Computed(cause));
          });
    }
  }
}
