package dev.larder.jcache;

import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import javax.cache.configuration.Factory;
import org.jspecify.annotations.Nullable;

/**
 * The user's objects that factories made for one cache. Those that can be closed are closed once,
 * when the cache closes or a listener is taken away; one that fails is logged and does not keep the
 * others open.
 */
final class Customizations {
  private static final System.Logger LOG = System.getLogger("dev.larder.jcache");

  private final String cache;
  private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

  Customizations(String cache) {
    this.cache = cache;
  }

  /** What the factory makes; null where there is no factory or it makes none. */
  <T> @Nullable T make(@Nullable Factory<? extends T> factory) {
    if (factory == null) {
      return null;
    }
    @Nullable T made = factory.create();
    if (made instanceof AutoCloseable) {
      synchronized (open) {
        open.add(made);
      }
    }
    return made;
  }

  /** Closes one of them, if that is still to be done. */
  void close(@Nullable Object made) {
    synchronized (open) {
      if (made == null || !open.remove(made)) {
        return;
      }
    }
    try {
      ((AutoCloseable) made).close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed(made, e);
    } catch (Exception e) {
      failed(made, e);
    }
  }

  private void failed(Object made, Exception thrown) {
    LOG.log(
        Level.WARNING,
        "cache '" + cache + "': closing " + made.getClass().getName() + " failed",
        thrown);
  }

  void closeAll() {
    List<Object> left;
    synchronized (open) {
      left = List.copyOf(open);
    }
    left.forEach(this::close);
  }
}
