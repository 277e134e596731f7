package dev.larder.annotations;

import java.util.List;
import javax.cache.annotation.CacheRemoveAll;

/** A method with {@link CacheRemoveAll}. */
final class RemoveAllMethod extends ChangingMethod<CacheRemoveAll> {

  RemoveAllMethod(Details<CacheRemoveAll> details, Source source) {
    super(details, List.of(), source);
  }

  /**
   * Of a cache of Larder also what is being loaded goes, wherever that is: {@code removeAll} takes
   * out what is there, {@code clear} what began before it too.
   */
  @Override
  void change(Invocation<CacheRemoveAll> invocation) {
    var cache = cache(invocation);
    Flights.outdateAll(cache);
    cache.removeAll();
    if (SharedFlights.serve(cache)) {
      cache.clear();
    }
  }
}
