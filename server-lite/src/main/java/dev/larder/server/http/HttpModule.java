package dev.larder.server.http;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;

/** The routes of a server; each part of it adds its own. */
public final class HttpModule extends AbstractModule {
  @Override
  protected void configure() {
    var routes = Multibinder.newSetBinder(binder(), Routes.class);
    routes.addBinding().to(EntryRoutes.class);
  }
}
