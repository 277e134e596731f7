package dev.larder.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ServerUpgradeCodec;
import io.netty.util.AsciiString;
import java.util.List;

/** HTTP/1.1 whose first request may make it HTTP/2 (RFC 7540, section 3.2). */
final class Upgrades {
  /**
   * A request that upgrades may have so long a body, which is collected before; one with a longer
   * one is answered as if it had not asked.
   */
  private static final int BODY = 64 << 10;

  private Upgrades() {}

  static void add(ChannelPipeline pipeline, HttpLayer layer) {
    var decoder = new RequestDecoder(layer.limits());
    var encoder = new HttpResponseEncoder();
    var upgrade =
        new HttpServerUpgradeHandler(
            ctx -> {
              ctx.pipeline().remove(decoder);
              ctx.pipeline().remove(encoder);
            },
            protocol ->
                AsciiString.contentEquals(Http2CodecUtil.HTTP_UPGRADE_PROTOCOL_NAME, protocol)
                    ? upgraded(layer)
                    : null,
            BODY) {
          @Override
          protected boolean shouldHandleUpgradeRequest(HttpRequest request) {
            return !HttpUtil.isTransferEncodingChunked(request)
                && HttpUtil.getContentLength(request, 0L) <= BODY;
          }
        };
    pipeline.addLast(
        decoder, encoder, upgrade, new First(upgrade), new Conversation(layer, decoder));
  }

  private static Http2ServerUpgradeCodec upgraded(HttpLayer layer) {
    var frames = Versions.frames(layer);
    return new Http2ServerUpgradeCodec(
        frames,
        Versions.streams(layer),
        new Http2Ending(frames, layer.telemetry()),
        new Leftover());
  }

  /** Takes what of HTTP/1.1 is still in the pipeline out of it. */
  private static final class Leftover extends ChannelInboundHandlerAdapter {
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      for (var kind : List.of(First.class, Conversation.class)) {
        if (ctx.pipeline().get(kind) != null) {
          ctx.pipeline().remove(kind);
        }
      }
      ctx.pipeline().remove(this);
    }
  }

  /** Past the first request nothing is upgraded, and nobody need look for it. */
  private static final class First extends ChannelInboundHandlerAdapter {
    private final HttpServerUpgradeHandler upgrade;

    First(HttpServerUpgradeHandler upgrade) {
      this.upgrade = upgrade;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof HttpRequest) {
        ctx.pipeline().remove(upgrade);
      }
      ctx.fireChannelRead(message);
      if (message instanceof HttpRequest) {
        ctx.pipeline().remove(this);
      }
    }
  }
}
