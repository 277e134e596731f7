package dev.larder.annotations;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Set;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKeyInvocationContext;
import org.jspecify.annotations.Nullable;

/** One call, as resolvers and key generators see it. */
record Invocation<A extends Annotation>(Details<A> details, Call call)
    implements CacheKeyInvocationContext<A> {

  @Override
  public Object getTarget() {
    return call.target();
  }

  @Override
  public CacheInvocationParameter[] getAllParameters() {
    return details.parameters().allGiven(call.arguments());
  }

  @Override
  public CacheInvocationParameter[] getKeyParameters() {
    return details.parameters().keyGiven(call.arguments());
  }

  @Override
  public @Nullable CacheInvocationParameter getValueParameter() {
    var at = details.parameters().value();
    return at == Parameters.NONE ? null : details.parameters().given(at, call.arguments());
  }

  @Override
  public Method getMethod() {
    return details.getMethod();
  }

  @Override
  public Set<Annotation> getAnnotations() {
    return details.getAnnotations();
  }

  @Override
  public A getCacheAnnotation() {
    return details.getCacheAnnotation();
  }

  @Override
  public String getCacheName() {
    return details.getCacheName();
  }

  /** This, or the container's call. */
  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    if (type.isInstance(call)) {
      return type.cast(call);
    }
    throw new IllegalArgumentException(
        "a call of a cached method is no "
            + type.getName()
            + "; allowed are CacheKeyInvocationContext, Call and what the container's call is");
  }
}
