package dev.larder.cdi;

import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.cache.CacheManager;
import javax.cache.Caching;

/** The container that this run of the tests is about, with nothing but the beans of a test. */
final class Containers {

  private Containers() {}

  /**
   * Weld without discovery does not find extensions; the classes of the tests it does not find
   * either, since their folder has no beans.xml. OpenWebBeans would take them all.
   */
  static SeContainer start(Class<?>... beans) {
    return initializer(beans).initialize();
  }

  static SeContainerInitializer initializer(Class<?>... beans) {
    var container = SeContainerInitializer.newInstance().addBeanClasses(beans);
    return isWeld() ? container : container.disableDiscovery();
  }

  static boolean isWeld() {
    return System.getProperty("larder.test.container").equals("Weld");
  }

  /**
   * What the user sees of a container that is to refuse its beans: the exception, and the log, to
   * which OpenWebBeans points. It is started in a class loader of its own, since OpenWebBeans takes
   * that of a failed start for occupied.
   */
  static String refusal(Class<?>... beans) {
    var thread = Thread.currentThread();
    var loader = thread.getContextClassLoader();
    thread.setContextClassLoader(new URLClassLoader(new URL[0], loader));
    try (var log = new Log()) {
      var thrown = assertThrows(RuntimeException.class, () -> start(beans).close());
      thrown.printStackTrace(new PrintWriter(log.text));
      return log.text.toString();
    } finally {
      thread.setContextClassLoader(loader);
    }
  }

  /** All that is logged while it is open. */
  private static final class Log extends Handler implements AutoCloseable {
    private final StringWriter text = new StringWriter();

    Log() {
      Logger.getLogger("").addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
      text.append(entry.getMessage()).append('\n');
      if (entry.getThrown() != null) {
        entry.getThrown().printStackTrace(new PrintWriter(text));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      Logger.getLogger("").removeHandler(this);
    }
  }

  /** A manager that is not the default one; whoever asks closes it. */
  static CacheManager manager() {
    return Caching.getCachingProvider().getCacheManager(URI.create("larder:cdi"), null);
  }

  static CacheManager defaultManager() {
    return Caching.getCachingProvider().getCacheManager();
  }
}
