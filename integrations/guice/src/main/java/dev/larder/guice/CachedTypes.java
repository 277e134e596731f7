package dev.larder.guice;

import com.google.inject.TypeLiteral;
import com.google.inject.matcher.Matcher;
import com.google.inject.spi.Message;
import com.google.inject.spi.TypeEncounter;
import com.google.inject.spi.TypeListener;
import dev.larder.annotations.CacheMethods;
import java.lang.reflect.Method;
import java.util.List;
import javax.cache.CacheException;

/**
 * Is told of each type that Guice comes upon, checks its annotations and has their methods
 * intercepted. Each type gets an interceptor of its own: an interceptor for all of them would see
 * nothing but the subclass that Guice made up, and the annotations of a class are those of the type
 * that was bound.
 */
final class CachedTypes implements TypeListener {
  private final CacheMethods methods;

  CachedTypes(CacheMethods methods) {
    this.methods = methods;
  }

  @Override
  public <I> void hear(TypeLiteral<I> type, TypeEncounter<I> encounter) {
    var found = type.getRawType();
    try {
      methods.check(found);
      encounter.bindInterceptor(annotated(found), new CacheInterceptor(methods, found));
    } catch (CacheException e) {
      encounter.addError(new Message(List.of(found), e.getMessage(), e));
    }
  }

  /** Not bridges: they call the method they stand for, which is intercepted then. */
  private Matcher<Method> annotated(Class<?> type) {
    return method -> !method.isSynthetic() && methods.find(type, method) != null;
  }
}
