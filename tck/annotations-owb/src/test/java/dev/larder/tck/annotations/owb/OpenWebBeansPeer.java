package dev.larder.tck.annotations.owb;

import dev.larder.tck.annotations.AnnotatedPeer;
import dev.larder.tck.annotations.Opening;
import dev.larder.tck.annotations.OpeningHours;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

/** The peer in a container. */
final class OpenWebBeansPeer {
  private static @Nullable SeContainer container;
  private static @Nullable CacheManager manager;

  private OpenWebBeansPeer() {}

  /** As {@link AnnotatedPeer#run} says. */
  public static void main(String[] args) throws IOException {
    AnnotatedPeer.run(args, System.out, OpenWebBeansPeer::open);
  }

  private static Opening open(CacheManager over) {
    if (container != null) {
      container.close();
    }
    manager = over;
    var opened =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addBeanClasses(OpeningHours.class, Managers.class)
            .initialize();
    container = opened;
    return opened.select(OpeningHours.class).get();
  }

  /** The manager as a bean. */
  static class Managers {
    @Produces
    @Nullable CacheManager manager() {
      return manager;
    }
  }
}
