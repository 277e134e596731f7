package dev.larder.server.http;

import dev.larder.server.core.Limits;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Looks now and then whether a client gets on with what it does, and says when it does not. Looking
 * costs nothing on the way of a request: it compares what it sees with what it saw before. On the
 * event loop.
 */
final class Patience implements Runnable {
  /** A body must come at so many bytes in a millisecond, beside the time for a request. */
  private static final int RATE = 16;

  /** So long a client may read nothing of an answer that waits for it. */
  private static final Duration READING = Duration.ofSeconds(30);

  private static final long SHORTEST_LOOK = 10;
  private static final long LONGEST_LOOK = 1_000;

  /** What a client does. */
  enum Doing {
    /** Nothing that it could be too slow at. */
    WAITING,
    /** Nothing at all. */
    NOTHING,
    /** It sends a request. */
    SENDING,
    /** It reads an answer, or should. */
    READING
  }

  /** Who is watched. */
  interface Client {
    /** What it does. */
    Doing doing();

    /** Another number whenever it got on with that. */
    long progress();

    /** How much of a body it has sent. */
    int sent();

    /** It does not get on. */
    void tooSlow(Doing at);
  }

  private final ChannelHandlerContext ctx;
  private final Client client;
  private final long idle;
  private final long request;
  private final long reading;
  private final long look;
  private Doing doing = Doing.WAITING;
  private long progress;
  private long since;
  private boolean looking;

  Patience(ChannelHandlerContext ctx, Client client, Limits limits) {
    this.ctx = ctx;
    this.client = client;
    this.idle = limits.idle().toMillis();
    this.request = limits.handshake().toMillis();
    this.reading = Math.min(READING.toMillis(), 3 * request);
    var shortest = idle == 0 ? request : Math.min(idle, request);
    this.look = Math.max(SHORTEST_LOOK, Math.min(LONGEST_LOOK, shortest / 4));
  }

  /** Begins to look, unless it does already or there is nothing to look at. */
  void look() {
    if (!looking && limit(client.doing()) > 0) {
      looking = true;
      doing = Doing.WAITING;
      var unused = ctx.executor().schedule(this, look, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void run() {
    looking = false;
    if (!ctx.channel().isActive()) {
      return;
    }
    var now = client.doing();
    var got = client.progress();
    if (now != doing || got != progress) {
      doing = now;
      progress = got;
      since = 0;
    } else {
      since += look;
    }
    if (limit(now) > 0 && since >= limit(now)) {
      client.tooSlow(now);
      return;
    }
    if (now != Doing.NOTHING || idle > 0) {
      looking = true;
      var unused = ctx.executor().schedule(this, look, TimeUnit.MILLISECONDS);
    }
  }

  /** How long it may take, in milliseconds; 0 for as long as it likes. */
  private long limit(Doing at) {
    return switch (at) {
      case WAITING -> 0;
      case NOTHING -> idle;
      case SENDING -> request + client.sent() / RATE;
      case READING -> reading;
    };
  }
}
