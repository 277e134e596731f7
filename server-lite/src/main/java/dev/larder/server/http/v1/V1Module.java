package dev.larder.server.http.v1;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import dev.larder.server.http.Routes;

/** Adds the versioned API to the routes of a server. */
public final class V1Module extends AbstractModule {
  @Override
  protected void configure() {
    Multibinder.newSetBinder(binder(), Routes.class).addBinding().to(V1Routes.class);
  }
}
