package dev.larder.server.http;

import dev.larder.server.core.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/** Netty's decoder of HTTP/1.1, which can be asked whether a request has begun. */
final class RequestDecoder extends HttpRequestDecoder {
  private static final int PIECE = 64 << 10;

  private boolean begun;

  RequestDecoder(Limits limits) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(BadRequests.lineBytes(limits))
            .setMaxHeaderSize(BadRequests.HEADER_BYTES)
            .setMaxChunkSize(PIECE));
  }

  /** Whether there is a part of a request that has not come to its end. */
  boolean begun() {
    return begun || actualReadableBytes() > 0;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    var before = in.readerIndex();
    var parts = out.size();
    super.decode(ctx, in, out);
    if (out.size() > parts) {
      begun = !(out.get(out.size() - 1) instanceof LastHttpContent);
    } else if (in.readerIndex() != before) {
      begun = true;
    }
  }
}
