package dev.larder.benchmarks.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What HTTP costs by itself: Netty's codec with a map behind it, one event loop. No router, no
 * checks, no statistics, no bounds. It is what the server's HTTP is measured against.
 */
public final class BareHttp {
  private BareHttp() {}

  /** Serves on the port that the argument names, until the process is ended. */
  public static void main(String... arguments) throws InterruptedException {
    var entries = new ConcurrentHashMap<String, byte[]>();
    var epoll = Epoll.isAvailable();
    var loops =
        new MultiThreadIoEventLoopGroup(
            1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    var initializer =
        new ChannelInitializer<SocketChannel>() {
          @Override
          protected void initChannel(SocketChannel channel) {
            channel
                .pipeline()
                .addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 20))
                .addLast(new Entries(entries));
          }
        };
    new ServerBootstrap()
        .group(loops)
        .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
        .childHandler(initializer)
        .bind(ServerProcess.HOST, Integer.parseInt(arguments[0]))
        .sync()
        .channel()
        .closeFuture()
        .sync();
  }

  /** Answers GET with the value of the path, stores what PUT brings. */
  private static final class Entries extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final ConcurrentHashMap<String, byte[]> entries;

    Entries(ConcurrentHashMap<String, byte[]> entries) {
      this.entries = entries;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
      if (request.method().equals(HttpMethod.PUT)) {
        entries.put(request.uri(), ByteBufUtil.getBytes(request.content()));
        answer(ctx, request, HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
        return;
      }
      var value = entries.get(request.uri());
      if (value == null) {
        answer(ctx, request, HttpResponseStatus.NOT_FOUND, Unpooled.EMPTY_BUFFER);
      } else {
        answer(ctx, request, HttpResponseStatus.OK, Unpooled.wrappedBuffer(value));
      }
    }

    private static void answer(
        ChannelHandlerContext ctx,
        FullHttpRequest request,
        HttpResponseStatus status,
        ByteBuf body) {
      var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
      response
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream")
          .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
      var written = ctx.write(response);
      if (!HttpUtil.isKeepAlive(request)) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      var unused = ctx.close();
    }
  }
}
