package dev.larder.annotations;

import java.lang.reflect.InvocationTargetException;
import javax.cache.CacheException;

/** Makes beans by their constructor without arguments. */
final class Constructed implements Beans {

  @Override
  public <T> T get(Class<T> type) {
    try {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw new CacheException("the constructor of " + type.getName() + " failed", e.getCause());
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new CacheException(
          type.getName()
              + " cannot be made: it must be a class with a constructor without arguments, in a"
              + " package that is open to dev.larder.annotations, or a bean of the container",
          e);
    }
  }
}
