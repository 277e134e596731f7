package dev.larder.jcache.copy;

/** Tells classes of the JDK from others. */
final class Jdk {
  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  private Jdk() {}

  static boolean has(Class<?> type) {
    var loader = type.getClassLoader();
    return loader == null || loader == PLATFORM;
  }
}
