package dev.larder.tck.annotations.guice;

import com.google.inject.Guice;
import dev.larder.guice.CacheModule;
import dev.larder.tck.annotations.AnnotatedPeer;
import dev.larder.tck.annotations.OpeningHours;
import java.io.IOException;
import javax.cache.CacheManager;

/** The peer in an injector. */
final class GuicePeer {
  private GuicePeer() {}

  /** As {@link AnnotatedPeer#run} says. */
  public static void main(String[] args) throws IOException {
    AnnotatedPeer.run(
        args,
        System.out,
        manager ->
            Guice.createInjector(
                    new CacheModule(),
                    binder -> binder.bind(CacheManager.class).toInstance(manager))
                .getInstance(OpeningHours.class));
  }
}
