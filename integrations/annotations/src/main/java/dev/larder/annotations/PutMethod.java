package dev.larder.annotations;

import java.util.List;
import javax.cache.annotation.CachePut;

/** A method with {@link CachePut}. */
final class PutMethod extends ChangingMethod<CachePut> {
  private final Form form;

  PutMethod(Details<CachePut> details, List<String> families, Source source) {
    super(details, families, source);
    this.form = valueForm(details);
  }

  /** How the parameter becomes what the cache holds. */
  static Form valueForm(Details<?> details) {
    return details.form(details.parameters().value());
  }

  /** No cache holds null: the entry, which is no longer true, goes. */
  @Override
  void change(Invocation<CachePut> invocation) {
    var cache = cache(invocation);
    var key = key(invocation);
    var value = invocation.call().arguments()[details().parameters().value()];
    var held = form.stored(value, cache, conventions());
    Flights.outdate(cache, key);
    if (held == null) {
      var unused = cache.remove(key);
    } else {
      cache.put(key, held);
    }
  }
}
