package dev.larder.server.serve;

import dev.larder.server.serve.Settings.Transport;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that serve sockets: one that accepts, and those that read and write, which HTTP and
 * RESP share.
 *
 * @param transport what was chosen, never {@link Transport#AUTO}
 */
record Loops(
    Transport transport,
    Class<? extends ServerChannel> channel,
    EventLoopGroup boss,
    EventLoopGroup workers) {

  /** Starts none of the threads yet. Loads the native library, which takes milliseconds. */
  static Loops of(Transport wanted, int loops) {
    var transport = wanted == Transport.AUTO ? best() : available(wanted);
    return new Loops(
        transport,
        channel(transport),
        new MultiThreadIoEventLoopGroup(1, threads("larder-accept"), handler(transport)),
        new MultiThreadIoEventLoopGroup(loops, threads("larder-loop"), handler(transport)));
  }

  private static Transport best() {
    return Epoll.isAvailable() ? Transport.EPOLL : Transport.NIO;
  }

  private static Transport available(Transport wanted) {
    var missing =
        switch (wanted) {
          case EPOLL -> cause(Epoll.isAvailable(), Epoll.unavailabilityCause());
          case IO_URING -> cause(IoUring.isAvailable(), IoUring.unavailabilityCause());
          default -> null;
        };
    if (missing != null) {
      throw new SettingsException(
          "server.transport: this machine has no "
              + wanted.name().toLowerCase(java.util.Locale.ROOT)
              + " ("
              + missing.getMessage()
              + "); allowed here: auto, nio"
              + (wanted != Transport.EPOLL && Epoll.isAvailable() ? ", epoll" : ""),
          missing);
    }
    return wanted;
  }

  private static @Nullable Throwable cause(boolean available, @Nullable Throwable cause) {
    if (available) {
      return null;
    }
    return cause == null ? new UnsupportedOperationException("not available") : cause;
  }

  private static Class<? extends ServerChannel> channel(Transport transport) {
    return switch (transport) {
      case EPOLL -> EpollServerSocketChannel.class;
      case IO_URING -> IoUringServerSocketChannel.class;
      default -> NioServerSocketChannel.class;
    };
  }

  private static IoHandlerFactory handler(Transport transport) {
    return switch (transport) {
      case EPOLL -> EpollIoHandler.newFactory();
      case IO_URING -> IoUringIoHandler.newFactory();
      default -> NioIoHandler.newFactory();
    };
  }

  private static DefaultThreadFactory threads(String name) {
    return new DefaultThreadFactory(name, true);
  }

  /** Ends the threads; what is open on them is cut. Waits for at most that long. */
  void close(Duration patience) throws InterruptedException {
    var accepting = boss.shutdownGracefully(0, patience.toMillis(), TimeUnit.MILLISECONDS);
    var serving = workers.shutdownGracefully(0, patience.toMillis(), TimeUnit.MILLISECONDS);
    accepting.await(patience.toMillis());
    serving.await(patience.toMillis());
  }

  /** Ends the threads without waiting for them. */
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for what was not needed
  void abandon() {
    boss.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    workers.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
  }
}
