package dev.larder.tck.support;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Puts the caches of the default manager in a {@link Place} before the first test, for suites that
 * know no other manager. To be named in {@code META-INF/services} of such a module.
 */
public final class DefaultPlace implements LauncherSessionListener {

  /** For {@link java.util.ServiceLoader}. */
  public DefaultPlace() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    var place = Place.fresh().properties();
    place.stringPropertyNames().forEach(name -> System.setProperty(name, place.getProperty(name)));
  }
}
