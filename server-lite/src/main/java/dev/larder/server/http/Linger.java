package dev.larder.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection whose client may still be sending: says that nothing more comes, and
 * drops what arrives until the client ends it too, but not for long. Closing at once would have the
 * operating system throw away the answer that the client has not read yet.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the connection, which tells
final class Linger extends ChannelInboundHandlerAdapter {
  private static final long MILLIS = 1_000;

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    var channel = ctx.channel();
    channel.config().setAutoRead(true);
    var tls = ctx.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    } else if (channel instanceof DuplexChannel socket) {
      socket.shutdownOutput();
    }
    var late = ctx.executor().schedule(() -> ctx.close(), MILLIS, TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> late.cancel(false));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
