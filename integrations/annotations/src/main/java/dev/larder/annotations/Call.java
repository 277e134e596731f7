package dev.larder.annotations;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** One intercepted call. Used by one thread at a time, once. */
public interface Call {

  /** The object that the method was called on, not a proxy of it where there is a choice. */
  Object target();

  /** The method that was called, as the container sees it. */
  Method method();

  /** The arguments, an empty array when there are none. Never changed by the core. */
  @Nullable Object[] arguments();

  /**
   * Calls the method itself with these arguments.
   *
   * @return what it returned, null for void
   * @throws Throwable what it threw, unwrapped
   */
  @Nullable Object proceed() throws Throwable;
}
