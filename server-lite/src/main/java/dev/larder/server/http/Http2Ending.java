package dev.larder.server.http;

import dev.larder.server.core.Phase;
import dev.larder.server.core.Telemetry;
import dev.larder.server.core.Telemetry.Protocol;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Ends a connection of HTTP/2: with GOAWAY, which lets its requests finish, when the server ends or
 * when nobody has asked for long. On its event loop.
 */
final class Http2Ending extends ChannelInboundHandlerAdapter {
  /** So long a client that says nothing more may wait for its answers. */
  private static final long HALF_CLOSED_MILLIS = 1_000;

  private final Http2FrameCodec frames;
  private final Telemetry telemetry;

  /** Those that are told how the connection ends. */
  private final Set<Channel> lasting = new HashSet<>();

  Http2Ending(Http2FrameCodec frames, Telemetry telemetry) {
    this.frames = frames;
    this.telemetry = telemetry;
  }

  /**
   * A stream answers without end, or may not answer for long: until it closes it is told that the
   * server ends, or that the client sends nothing more.
   */
  static void lasting(Channel stream) {
    var ending = stream.parent().pipeline().get(Http2Ending.class);
    if (ending != null && ending.lasting.add(stream)) {
      stream.closeFuture().addListener(closed -> ending.lasting.remove(stream));
    }
  }

  private void tell(Object event) {
    Set.copyOf(lasting).forEach(stream -> stream.pipeline().fireUserEventTriggered(event));
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it here
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Phase.DRAINING) {
      tell(event);
      ctx.close();
    } else if (event == ChannelInputShutdownEvent.INSTANCE) {
      // Requests that have come in whole are still answered; the others never will be whole.
      frames.gracefulShutdownTimeoutMillis(HALF_CLOSED_MILLIS);
      tell(event);
      ctx.close();
    } else if (event instanceof IdleStateEvent && frames.connection().numActiveStreams() == 0) {
      ctx.close();
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  /** What a client got wrong is its own affair: the codec has told it, and ends the connection. */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it here
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) != null || cause instanceof IOException) {
      telemetry.refused(Protocol.HTTP, "broken");
    } else {
      telemetry.failed(Protocol.HTTP, "connection", cause);
      ctx.close();
    }
  }
}
