package dev.larder.server.http;

import dev.larder.server.core.Phase;
import dev.larder.server.core.Telemetry.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first bytes of a connection without TLS: the preface of HTTP/2 (RFC 9113, section
 * 3.3) makes it HTTP/2, everything else is HTTP/1.1, or wrong.
 */
final class FirstBytes extends ByteToMessageDecoder {
  private final HttpLayer layer;
  private @Nullable Future<?> late;

  FirstBytes(HttpLayer layer) {
    this.layer = layer;
  }

  /** Who says nothing stays as long as an idle connection; where a password is wanted, not long. */
  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    var limits = layer.limits();
    var patience = layer.access().wanted() ? limits.handshake() : limits.idle();
    if (!patience.isZero()) {
      late = ctx.executor().schedule(() -> close(ctx), patience.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    if (late != null) {
      late.cancel(false);
    }
  }

  /** Whoever has said nothing yet when the server ends is not waited for. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    super.userEventTriggered(ctx, event);
    if (event == Phase.DRAINING || event == ChannelInputShutdownEvent.INSTANCE) {
      close(ctx);
    }
  }

  /** A reset before the first byte, which nobody needs to hear of. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    layer.telemetry().refused(Protocol.HTTP, "broken");
    close(ctx);
  }

  private static void close(ChannelHandlerContext ctx) {
    var unused = ctx.close();
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    var preface = Http2CodecUtil.connectionPrefaceBuf();
    var known = Math.min(in.readableBytes(), preface.readableBytes());
    var same = ByteBufUtil.equals(preface, 0, in, in.readerIndex(), known);
    if (same && known < preface.readableBytes()) {
      return;
    }
    if (same) {
      Versions.two(ctx.pipeline(), layer);
    } else {
      Upgrades.add(ctx.pipeline(), layer);
    }
    ctx.pipeline().remove(this);
  }
}
