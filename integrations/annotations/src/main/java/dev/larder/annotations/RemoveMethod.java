package dev.larder.annotations;

import java.util.List;
import javax.cache.annotation.CacheRemove;

/** A method with {@link CacheRemove}. */
final class RemoveMethod extends ChangingMethod<CacheRemove> {

  RemoveMethod(Details<CacheRemove> details, List<String> families, Source source) {
    super(details, families, source);
  }

  @Override
  void change(Invocation<CacheRemove> invocation) {
    var cache = cache(invocation);
    for (var key : keys(invocation)) {
      Flights.outdate(cache, key);
      var unused = cache.remove(key);
    }
  }
}
