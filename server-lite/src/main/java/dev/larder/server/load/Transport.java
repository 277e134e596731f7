package dev.larder.server.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Threads and sockets towards one server. */
final class Transport implements AutoCloseable {
  static final Duration CONNECT = Duration.ofSeconds(10);

  private final EventLoopGroup loops;
  private final Bootstrap bootstrap;
  private final Target target;
  private final @Nullable SslContext tls;

  /**
   * Threads that drive connections.
   *
   * @param tls how the server is trusted, null without TLS
   */
  Transport(Target target, int threads, @Nullable SslContext tls) {
    this.target = target;
    this.tls = tls;
    var epoll = Epoll.isAvailable();
    this.loops =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("larder-load", true), handlers(epoll));
    this.bootstrap =
        new Bootstrap()
            .group(loops)
            .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis())
            .remoteAddress(target.host(), target.port());
  }

  private static IoHandlerFactory handlers(boolean epoll) {
    return epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  /** Opens a connection; its handlers are added before anything comes in. */
  ChannelFuture connect(Consumer<Channel> handlers) {
    var initializer =
        new ChannelInitializer<SocketChannel>() {
          @Override
          protected void initChannel(SocketChannel channel) {
            if (tls != null) {
              channel
                  .pipeline()
                  .addLast(tls.newHandler(channel.alloc(), target.host(), target.port()));
            }
            handlers.accept(channel);
          }
        };
    return bootstrap.clone().handler(initializer).connect();
  }

  EventLoopGroup loops() {
    return loops;
  }

  /** Closes what is open and ends the threads, soon. */
  @Override
  public void close() {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
  }
}
