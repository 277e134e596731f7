package dev.larder.annotations;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Computing once where the method returns a stage. The method runs on the thread of the first
 * caller; who comes until the stage is done shares it. Each caller gets a future of his own, so
 * that none can complete or cancel those of others.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whoever called the method gets it, as an Object
final class StageFlights {
  private StageFlights() {}

  static @Nullable Object result(Work work) throws Throwable {
    var present = work.cache().get(work.key());
    if (present != null) {
      return CompletableFuture.completedFuture(work.answer(present));
    }
    var mine = new Flight();
    var flight = Flights.claim(work, mine);
    if (flight == mine) {
      return lead(work, mine);
    }
    return flight.isOwn() ? work.proceed() : shared(work, flight);
  }

  private static CompletableFuture<@Nullable Object> shared(Work work, Flight flight) {
    var result = new CompletableFuture<@Nullable Object>();
    var unused =
        flight
            .result()
            .whenComplete(
                (held, thrown) -> {
                  if (thrown != null) {
                    result.completeExceptionally(Work.cause(thrown));
                    return;
                  }
                  try {
                    result.complete(work.answer(held));
                  } catch (RuntimeException e) {
                    result.completeExceptionally(e);
                  }
                });
    return result;
  }

  private static @Nullable Object lead(Work work, Flight mine) throws Throwable {
    CompletionStage<?> stage;
    try {
      var meanwhile = work.cache().get(work.key());
      if (meanwhile != null) {
        Flights.land(work, mine, meanwhile, null);
        return CompletableFuture.completedFuture(work.answer(meanwhile));
      }
      var cached = work.cachedException();
      if (cached != null) {
        Flights.land(work, mine, null, cached);
        return CompletableFuture.failedFuture(cached);
      }
      stage = (CompletionStage<?>) work.proceed();
    } catch (Throwable e) {
      Flights.land(work, mine, null, e);
      throw e;
    }
    if (stage == null) {
      Flights.land(work, mine, null, null);
      return null;
    }
    mine.release();
    return landing(work, mine, stage);
  }

  /** What the stage came to is stored, then told to those who share it, then to the caller. */
  private static CompletableFuture<@Nullable Object> landing(
      Work work, Flight mine, CompletionStage<?> stage) {
    var result =
        work.later(
            stage,
            held -> {
              mine.store(work, held);
              Flights.land(work, mine, held, null);
            });
    var unused =
        result.whenComplete(
            (value, thrown) -> {
              if (thrown != null) {
                Flights.land(work, mine, null, Work.cause(thrown));
              }
            });
    return result;
  }
}
