package dev.larder.annotations;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import javax.cache.CacheManager;

/** The smallest container there can be: it makes objects and puts proxies before them. */
public final class ReflectiveContainer {
  private final CacheMethods methods;

  /** Over the caches of a manager. */
  public ReflectiveContainer(Supplier<CacheManager> manager) {
    this(CacheMethods.of(manager, Beans.constructed()));
  }

  /** With methods as a test wants them. */
  ReflectiveContainer(CacheMethods methods) {
    this.methods = methods;
  }

  /** A proxy of an object of the class. */
  public <T> T managed(Class<? extends T> type, Class<T> as) {
    methods.check(type);
    var target = Beans.constructed().get(type);
    return as.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {as},
            (proxy, method, arguments) -> called(target, method, arguments)));
  }

  private Object called(Object target, Method method, Object[] arguments) throws Throwable {
    var call = new Called(target, method, arguments == null ? new Object[0] : arguments);
    var cached = methods.find(target.getClass(), method);
    return cached == null ? call.proceed() : cached.invoke(call);
  }

  @SuppressWarnings("ArrayRecordComponent") // nobody compares calls
  private record Called(Object target, Method method, Object[] arguments) implements Call {

    @Override
    public Object proceed() throws Throwable {
      method.setAccessible(true); // interfaces of tests need not be public
      try {
        return method.invoke(target, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }
}
