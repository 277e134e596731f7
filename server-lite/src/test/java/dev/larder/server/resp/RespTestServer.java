package dev.larder.server.resp;

import dev.larder.Clock;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.server.core.Access;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Limits;
import dev.larder.server.core.Telemetry;
import dev.larder.server.core.Work;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server of the Redis protocol on a port of its own, over databases of its own. */
final class RespTestServer implements AutoCloseable {
  static {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
  }

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final Databases databases;
  private final Work work;
  private final RespServer server;
  private final Channel channel;

  /** What a server is made of; change what a test is about, then {@link #start}. */
  static final class Builder {
    private LarderBuilder settings = Larder.builder();
    private Map<Integer, String> numbers = Map.of(1, "other");
    private Limits limits = Limits.DEFAULT;
    private Access access = Access.everybody();
    private Telemetry telemetry = Telemetry.none();
    private ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;

    Builder settings(LarderBuilder chosen) {
      settings = chosen;
      return this;
    }

    Builder numbers(Map<Integer, String> chosen) {
      numbers = chosen;
      return this;
    }

    Builder limits(Limits chosen) {
      limits = chosen;
      return this;
    }

    Builder access(Access chosen) {
      access = chosen;
      return this;
    }

    Builder telemetry(Telemetry chosen) {
      telemetry = chosen;
      return this;
    }

    Builder allocator(ByteBufAllocator chosen) {
      allocator = chosen;
      return this;
    }

    RespTestServer start() {
      return new RespTestServer(this);
    }
  }

  /** A server with memory databases 0 and 1 and everything as it comes. */
  static RespTestServer memory() {
    return new Builder().start();
  }

  static Builder builder() {
    return new Builder();
  }

  private RespTestServer(Builder with) {
    databases = new Databases(with.settings, with.numbers);
    work = new Work(with.limits.waiting());
    Clock clock = databases.first().clock();
    server = new RespServer(databases, with.limits, with.access, with.telemetry, work, clock);
    channel =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.ALLOCATOR, with.allocator)
            .childHandler(server.speaker())
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  Databases databases() {
    return databases;
  }

  RespServer server() {
    return server;
  }

  /** A new connection. */
  RespTestClient connect() throws IOException {
    return new RespTestClient(port());
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    work.close();
    databases.close();
  }
}
