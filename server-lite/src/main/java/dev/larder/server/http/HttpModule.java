package dev.larder.server.http;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import jakarta.inject.Singleton;

/** The routes of a server; each part of it adds its own. */
public final class HttpModule extends AbstractModule {
  @Override
  protected void configure() {
    OptionalBinder.newOptionalBinder(binder(), MetricsPage.class)
        .setDefault()
        .toInstance(MetricsPage.empty());
    OptionalBinder.newOptionalBinder(binder(), LoadTests.class)
        .setDefault()
        .toInstance(LoadTests.off());
    var routes = Multibinder.newSetBinder(binder(), Routes.class);
    routes.addBinding().to(EntryRoutes.class).in(Singleton.class);
    routes.addBinding().to(BatchRoutes.class).in(Singleton.class);
    routes.addBinding().to(KeyRoutes.class).in(Singleton.class);
    routes.addBinding().to(StateRoutes.class).in(Singleton.class);
    routes.addBinding().to(PageRoutes.class).in(Singleton.class);
    routes.addBinding().to(LoadRoutes.class).in(Singleton.class);
    routes.addBinding().to(DocsRoutes.class).in(Singleton.class);
  }
}
