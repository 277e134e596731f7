package dev.larder.jcache.copy;

import java.util.function.Function;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Copies as the user's copier does. */
final class OwnPlan extends Plan.Leaf {
  private final Class<?> type;
  private final Function<Object, Object> copier;

  OwnPlan(Class<?> type, Function<Object, Object> copier) {
    this.type = type;
    this.copier = copier;
  }

  @Override
  Object copy(Object original) {
    @Nullable Object copy;
    try {
      copy = copier.apply(original);
    } catch (RuntimeException e) {
      throw new CacheException("the copier of " + type.getName() + " threw: " + e, e);
    }
    if (copy == null) {
      throw new CacheException("the copier of " + type.getName() + " gave null for a copy");
    }
    return copy;
  }
}
