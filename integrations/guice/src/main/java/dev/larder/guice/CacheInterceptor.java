package dev.larder.guice;

import dev.larder.annotations.CacheMethods;
import dev.larder.annotations.Call;
import java.lang.reflect.Method;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Hands the calls of the annotated methods of one type to the core. */
final class CacheInterceptor implements MethodInterceptor {
  private final CacheMethods methods;
  private final Class<?> type;

  CacheInterceptor(CacheMethods methods, Class<?> type) {
    this.methods = methods;
    this.type = type;
  }

  @Override
  public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
    var method = methods.find(type, invocation.getMethod());
    return method == null ? invocation.proceed() : method.invoke(new Invocation(invocation));
  }

  private record Invocation(MethodInvocation inner) implements Call {

    @Override
    public Object target() {
      return inner.getThis();
    }

    @Override
    public Method method() {
      return inner.getMethod();
    }

    @Override
    public @Nullable Object[] arguments() {
      return inner.getArguments();
    }

    @Override
    public @Nullable Object proceed() throws Throwable {
      return inner.proceed();
    }
  }
}
