package dev.larder.server.http;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import dev.larder.Clock;
import dev.larder.Larder;
import dev.larder.server.core.Access;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Limits;
import dev.larder.server.core.Node;
import dev.larder.server.core.Phase;
import dev.larder.server.core.Telemetry;
import dev.larder.server.core.Work;
import dev.larder.testkit.VirtualClock;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP side of a server on a port of its own, with databases in memory and a clock that stands
 * still.
 */
public final class HttpTestServer implements AutoCloseable {
  private final VirtualClock clock;
  private final Databases databases;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final Work work;
  private final Set<Routes> routes;
  private final Channel port;
  private volatile Phase phase = Phase.READY;

  private HttpTestServer(Builder settings) {
    this.clock = settings.clock;
    var caches = Larder.builder().clock(clock);
    if (settings.scheduler != null) {
      caches.scheduler(settings.scheduler);
    }
    this.databases = new Databases(caches, Map.of());
    this.work = new Work(settings.limits.waiting());
    var injector = Guice.createInjector(new HttpModule(), bindings(settings));
    var initializer = injector.getInstance(HttpInitializer.class);
    this.routes = injector.getInstance(Key.get(new TypeLiteral<Set<Routes>>() {}));
    this.port =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    open.add(channel);
                    channel.pipeline().addLast(initializer);
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  private Module bindings(Builder settings) {
    return binder -> {
      binder.bind(Databases.class).toInstance(databases);
      binder.bind(Access.class).toInstance(settings.access);
      binder.bind(Limits.class).toInstance(settings.limits);
      binder.bind(Work.class).toInstance(work);
      binder.bind(Telemetry.class).toInstance(telemetry());
      binder.bind(Clock.class).toInstance(clock);
      binder.bind(Node.class).toInstance(node());
      binder
          .bind(Key.get(new TypeLiteral<Supplier<Optional<SslContext>>>() {}))
          .toInstance(() -> Optional.ofNullable(settings.tls));
      OptionalBinder.newOptionalBinder(binder, LoadTests.class)
          .setBinding()
          .toInstance(settings.loads);
      var routes = Multibinder.newSetBinder(binder, Routes.class);
      settings.routes.forEach(made -> routes.addBinding().toInstance(made.apply(this)));
    };
  }

  private Telemetry telemetry() {
    return new Telemetry() {
      @Override
      public void failed(Protocol protocol, String name, Throwable failure) {
        failures.add(failure);
      }
    };
  }

  /** What the server knows of itself. */
  public Node node() {
    return new Node() {
      @Override
      public String id() {
        return "test";
      }

      @Override
      public Phase phase() {
        return phase;
      }

      @Override
      public Duration uptime() {
        return Duration.ofSeconds(7);
      }
    };
  }

  /** A server with all routes there are. */
  public static HttpTestServer start() {
    return with().start();
  }

  /** A server to describe. */
  public static Builder with() {
    return new Builder();
  }

  /** What a server is to be. */
  public static final class Builder {
    private final List<Function<HttpTestServer, Routes>> routes = new ArrayList<>();
    private VirtualClock clock = new VirtualClock();
    private Limits limits = Limits.DEFAULT;
    private Access access = Access.everybody();
    private SslContext tls;
    private LoadTests loads = LoadTests.off();
    private @Nullable ScheduledExecutorService scheduler;

    private Builder() {}

    /** Further routes. */
    public Builder routes(Function<HttpTestServer, Routes> more) {
      routes.add(more);
      return this;
    }

    /** Its time, where somebody else moves it. */
    public Builder clock(VirtualClock given) {
      clock = given;
      return this;
    }

    /** What cleans its caches, where real time is not meant. */
    public Builder scheduler(ScheduledExecutorService given) {
      scheduler = given;
      return this;
    }

    /** Its limits. */
    public Builder limits(Limits given) {
      limits = given;
      return this;
    }

    /** Who may use it. */
    public Builder access(Access given) {
      access = given;
      return this;
    }

    /** Its load tests. */
    Builder loads(LoadTests given) {
      loads = given;
      return this;
    }

    /** TLS. */
    public Builder tls(SslContext given) {
      tls = given;
      return this;
    }

    /** Starts it. */
    public HttpTestServer start() {
      return new HttpTestServer(this);
    }
  }

  /** The port. */
  public int port() {
    return ((InetSocketAddress) port.localAddress()).getPort();
  }

  /** The address of a path. */
  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /** Its databases. */
  public Databases databases() {
    return databases;
  }

  /** Everything it offers. */
  public List<Route> routes() {
    return routes.stream().flatMap(some -> some.routes().stream()).toList();
  }

  /** Its time. */
  public VirtualClock clock() {
    return clock;
  }

  /** Where it waits. */
  public Work work() {
    return work;
  }

  /** Failures that were the server's own, so far. */
  public List<Throwable> failures() {
    return List.copyOf(failures);
  }

  /** Begins to end: connections are told. */
  public void drain() {
    phase = Phase.DRAINING;
    open.forEach(channel -> channel.pipeline().fireUserEventTriggered(Phase.DRAINING));
  }

  /** How many connections are open. */
  public int connections() {
    return open.size();
  }

  /** Waits until all connections have closed. */
  public void awaitNoConnections() {
    if (!open.newCloseFuture().awaitUninterruptibly(20, TimeUnit.SECONDS)) {
      throw new AssertionError(open.size() + " connections are still open");
    }
  }

  @Override
  public void close() {
    port.close().syncUninterruptibly();
    open.close().awaitUninterruptibly();
    work.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    databases.close();
  }
}
