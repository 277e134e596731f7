package dev.larder.cdi;

import dev.larder.annotations.Call;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import org.jspecify.annotations.Nullable;

/**
 * Hands calls to the core. Serializable, as the interceptors of beans in the session have to be.
 * There is a subclass for each annotation: an interceptor with several bindings would be for
 * methods that have all of them.
 */
abstract class CacheInterceptor implements Serializable {
  private static final long serialVersionUID = 1;

  /** The container's own is serializable, which its type does not say. */
  @SuppressWarnings("serial")
  @Inject
  private BeanManager container;

  /** Asked for once: containers look for it each time. */
  private transient @Nullable CacheExtension extension;

  @AroundInvoke
  @Nullable Object intercept(InvocationContext context) throws Exception {
    var method = extension().find(context.getTarget(), context.getMethod());
    if (method == null) {
      return context.proceed();
    }
    try {
      return method.invoke(new Invocation(context));
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      // Out of an exception cache: no interceptor may throw it.
      throw new UndeclaredThrowableException(e);
    }
  }

  private CacheExtension extension() {
    var found = extension;
    if (found == null) {
      found = container.getExtension(CacheExtension.class);
      extension = found;
    }
    return found;
  }

  private record Invocation(InvocationContext inner) implements Call {

    @Override
    public Object target() {
      return inner.getTarget();
    }

    @Override
    public Method method() {
      return inner.getMethod();
    }

    @Override
    public @Nullable Object[] arguments() {
      return inner.getParameters();
    }

    @Override
    public @Nullable Object proceed() throws Exception {
      return inner.proceed();
    }
  }
}
