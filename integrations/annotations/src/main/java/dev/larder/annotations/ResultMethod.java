package dev.larder.annotations;

import java.util.List;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;

/** A method with {@link CacheResult}. */
final class ResultMethod extends Plan<CacheResult> {

  ResultMethod(Details<CacheResult> details, List<String> families, Source source) {
    super(details, families, source);
  }

  @Override
  public @Nullable Object invoke(Call call) throws Throwable {
    var invocation = new Invocation<>(details(), call);
    var work =
        new Work(
            details(),
            conventions(),
            call,
            cache(invocation),
            exceptionCache(invocation),
            key(invocation));
    var skip = details().getCacheAnnotation().skipGet();
    if (details().form().stage()) {
      return skip ? work.storeLater(work.proceed()) : stage(work);
    }
    return work.answer(skip ? work.proceedAndPut() : held(work));
  }

  private static @Nullable Object stage(Work work) throws Throwable {
    return SharedFlights.serve(work.cache())
        ? SharedStages.result(work)
        : StageFlights.result(work);
  }

  private static @Nullable Object held(Work work) throws Throwable {
    if (SharedFlights.serve(work.cache())) {
      return SharedFlights.held(work);
    }
    var present = work.cache().get(work.key());
    return present != null ? present : Flights.held(work);
  }
}
