package dev.larder.server.http;

import dev.larder.server.core.Phase;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.List;

/**
 * Looks at the first bytes of a connection without TLS: the preface of HTTP/2 (RFC 9113, section
 * 3.3) makes it HTTP/2, everything else is HTTP/1.1, or wrong.
 */
final class FirstBytes extends ByteToMessageDecoder {
  private final HttpLayer layer;

  FirstBytes(HttpLayer layer) {
    this.layer = layer;
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

  /** Whoever has said nothing yet when the server ends is not waited for. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event == Phase.DRAINING) {
      var unused = ctx.close();
    } else {
      super.userEventTriggered(ctx, event);
    }
  }
}
