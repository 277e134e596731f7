package dev.larder.jcache.copy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects as serialization does: none of the constructors of their class run, only that of
 * the first superclass that is not serializable. {@code sun.reflect.ReflectionFactory} of the
 * module jdk.unsupported is what the JDK offers libraries for that; it is looked up by name, since
 * the compiler warns of every mention.
 */
final class Allocation {
  /** (Class) to Constructor; null where the module is missing. */
  private static final @Nullable MethodHandle FACTORY = factory();

  private Allocation() {}

  private static @Nullable MethodHandle factory() {
    try {
      var type = Class.forName("sun.reflect.ReflectionFactory");
      var lookup = MethodHandles.publicLookup();
      var instance =
          lookup.findStatic(type, "getReflectionFactory", MethodType.methodType(type)).invoke();
      return lookup
          .findVirtual(
              type,
              "newConstructorForSerialization",
              MethodType.methodType(Constructor.class, Class.class))
          .bindTo(instance);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      return null;
    }
  }

  /** What makes objects of the class; null where serialization itself could not. */
  static @Nullable Constructor<?> of(Class<?> type) {
    if (FACTORY == null) {
      return null;
    }
    try {
      return (Constructor<?>) FACTORY.invoke(type);
    } catch (Throwable e) {
      throw Handles.unchecked(e);
    }
  }
}
