package dev.larder.spring;

import dev.larder.annotations.CacheMethods;
import dev.larder.annotations.Call;
import java.lang.reflect.Method;
import java.util.Objects;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;

/** Hands the calls of annotated methods to the core. */
final class AnnotatedMethodInterceptor implements MethodInterceptor {
  private final CacheMethods methods;

  AnnotatedMethodInterceptor(CacheMethods methods) {
    this.methods = methods;
  }

  @Override
  public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
    var target =
        Objects.requireNonNull(invocation.getThis(), "a cached method needs an object of its own");
    var found =
        AnnotatedMethods.find(
            methods, invocation.getMethod(), AopProxyUtils.ultimateTargetClass(target));
    return found == null ? invocation.proceed() : found.invoke(new Invocation(invocation, target));
  }

  private record Invocation(MethodInvocation inner, Object target) implements Call {

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
