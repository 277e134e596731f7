package dev.larder.annotations;

import java.util.List;
import javax.cache.annotation.CacheRemoveAll;

/** A method with {@link CacheRemoveAll}. */
final class RemoveAllMethod extends ChangingMethod<CacheRemoveAll> {

  RemoveAllMethod(Details<CacheRemoveAll> details, Source source) {
    super(details, List.of(), source);
  }

  @Override
  void change(Invocation<CacheRemoveAll> invocation) {
    var cache = cache(invocation);
    Flights.outdateAll(cache);
    cache.removeAll();
  }
}
