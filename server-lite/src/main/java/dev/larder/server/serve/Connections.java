package dev.larder.server.serve;

import dev.larder.server.core.Limits;
import dev.larder.server.core.Phase;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** All open connections of a server, over all its ports. Safe for all threads. */
@Singleton
final class Connections {
  private final int most;
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean draining;
  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

  @Inject
  Connections(Limits limits) {
    this.most = limits.connections();
  }

  /** Takes one in, until it closes; false when there are too many, and then it is not taken in. */
  boolean admit(Channel channel) {
    if (count.incrementAndGet() > most) {
      count.decrementAndGet();
      return false;
    }
    open.add(channel);
    channel.closeFuture().addListener(closed -> count.decrementAndGet());
    if (draining) {
      // Accepted before the port closed, taken in after the others were told.
      channel.eventLoop().execute(() -> tell(channel));
    }
    return true;
  }

  int count() {
    return count.get();
  }

  /**
   * Has all connections answer what has come and close.
   *
   * @param patience how long that may take; zero for as long as it takes
   * @return how many had to be cut
   */
  int drain(Duration patience) throws InterruptedException {
    draining = true;
    var closed = open.newCloseFuture();
    open.forEach(Connections::tell);
    if (patience.isZero()) {
      closed.await();
    } else if (!closed.await(patience.toMillis())) {
      var left = open.size();
      open.close().await(patience.toMillis());
      return left;
    }
    return 0;
  }

  private static void tell(Channel channel) {
    channel.pipeline().fireUserEventTriggered(Phase.DRAINING);
  }
}
