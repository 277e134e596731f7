package dev.larder.server.serve;

import dev.larder.server.core.Telemetry;
import dev.larder.server.core.Telemetry.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Counts the bytes of one connection, and tells of them as often as it reads or flushes. */
final class Traffic extends ChannelDuplexHandler {
  private final Protocol protocol;
  private final Telemetry telemetry;
  private long in;
  private long out;

  Traffic(Protocol protocol, Telemetry telemetry) {
    this.protocol = protocol;
    this.telemetry = telemetry;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      in += bytes.readableBytes();
    }
    context.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    tell();
    context.fireChannelReadComplete();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      out += bytes.readableBytes();
    }
    var unused = context.write(message, promise);
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    tell();
    context.flush();
  }

  private void tell() {
    if (in != 0 || out != 0) {
      telemetry.transferred(protocol, in, out);
      in = 0;
      out = 0;
    }
  }
}
