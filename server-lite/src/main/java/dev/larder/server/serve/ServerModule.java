package dev.larder.server.serve;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import dev.larder.Clock;
import dev.larder.server.core.Access;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Limits;
import dev.larder.server.core.Node;
import dev.larder.server.core.Telemetry;
import dev.larder.server.core.Telemetry.Protocol;
import dev.larder.server.core.Work;
import dev.larder.server.http.HttpInitializer;
import dev.larder.server.http.HttpModule;
import dev.larder.server.http.LoadTests;
import dev.larder.server.http.MetricsPage;
import dev.larder.server.http.Routes;
import dev.larder.server.http.v1.V1Routes;
import dev.larder.server.resp.RespServer;
import io.netty.handler.ssl.SslContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;

/** All wiring of a server that its classes do not say themselves. */
final class ServerModule extends AbstractModule {
  private final Settings settings;
  private final Loops loops;
  private final Databases databases;
  private final Clock clock;

  /** Loops and databases come from outside, since both are opened at the same time. */
  ServerModule(Settings settings, Loops loops, Databases databases, Clock clock) {
    this.settings = settings;
    this.loops = loops;
    this.databases = databases;
    this.clock = clock;
  }

  @Override
  protected void configure() {
    bind(Settings.class).toInstance(settings);
    bind(Loops.class).toInstance(loops);
    bind(Databases.class).toInstance(databases);
    bind(Clock.class).toInstance(clock);
    bind(Limits.class).toInstance(settings.limits());
    install(new HttpModule());
    Multibinder.newSetBinder(binder(), Routes.class).addBinding().to(V1Routes.class);
    OptionalBinder.newOptionalBinder(binder(), MetricsPage.class)
        .setBinding()
        .to(PrometheusPage.class);
    OptionalBinder.newOptionalBinder(binder(), LoadTests.class).setBinding().to(OwnLoad.class);
    bind(Node.class).to(Condition.class);
    bind(Telemetry.class).to(Meters.class);
  }

  @Provides
  @Singleton
  Work work() {
    return new Work(settings.limits().waiting());
  }

  /** For what happens at times: a daemon, whose thread starts with its first task. */
  @Provides
  @Singleton
  ScheduledExecutorService timer() {
    var timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              var thread = new Thread(task, "larder-server-timer");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  @Provides
  @Singleton
  Access access(ScheduledExecutorService timer) {
    return settings
        .guarding()
        .password()
        .<Access>map(secret -> new Passwords(secret, clock, timer))
        .orElseGet(Access::everybody);
  }

  @Provides
  @Singleton
  Optional<Certificates> certificates() {
    return settings.guarding().tls().map(tls -> new Certificates(tls, settings.limits()));
  }

  /** TLS of HTTP; asked for each connection, since certificates may be replaced. */
  @Provides
  @Singleton
  Supplier<Optional<SslContext>> tlsOfHttp(Optional<Certificates> certificates) {
    return () -> certificates.map(files -> files.context(Protocol.HTTP));
  }

  @Provides
  @Singleton
  Ports.Speakers speakers(HttpInitializer http, RespServer resp) {
    return new Ports.Speakers(http, resp.speaker());
  }
}
