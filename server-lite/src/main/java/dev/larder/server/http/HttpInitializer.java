package dev.larder.server.http;

import dev.larder.Clock;
import dev.larder.server.core.Access;
import dev.larder.server.core.Budget;
import dev.larder.server.core.Limits;
import dev.larder.server.core.Node;
import dev.larder.server.core.Phase;
import dev.larder.server.core.Telemetry;
import dev.larder.server.core.Telemetry.Protocol;
import dev.larder.server.core.Work;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes connections of a port speak HTTP: 1.1, and 2 by prior knowledge, by upgrade, or by the
 * choice of TLS (ALPN). One serves any number of ports. Safe for all threads.
 */
@Sharable
public final class HttpInitializer extends ChannelInitializer<Channel> {
  private final HttpLayer layer;
  private final Supplier<Optional<SslContext>> tls;

  /**
   * What it serves.
   *
   * @param routes of all parts of the server
   * @param tls asked for each connection, so that certificates can be replaced; empty for none
   */
  @Inject
  public HttpInitializer(
      Set<Routes> routes,
      Access access,
      Limits limits,
      Work work,
      Telemetry telemetry,
      Clock clock,
      Node node,
      Supplier<Optional<SslContext>> tls) {
    var all = routes.stream().flatMap(some -> some.routes().stream()).toList();
    this.layer =
        new HttpLayer(
            new Router(all),
            access,
            limits,
            work,
            telemetry,
            clock,
            Budget.ofHeap(),
            () -> node.phase() == Phase.DRAINING);
    this.tls = tls;
  }

  @Override
  protected void initChannel(Channel channel) {
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    var context = tls.get();
    if (context.isPresent()) {
      var handler = context.get().newHandler(channel.alloc());
      handler.setHandshakeTimeoutMillis(layer.limits().handshake().toMillis());
      channel.pipeline().addLast(handler, new Negotiation());
    } else {
      channel.pipeline().addLast(new FirstBytes(layer));
    }
  }

  /** The version that the client chose in the handshake. */
  private final class Negotiation extends ApplicationProtocolNegotiationHandler {
    Negotiation() {
      super(ApplicationProtocolNames.HTTP_1_1);
    }

    /** Whoever has not even shaken hands when the server ends is not waited for. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
      if (event == Phase.DRAINING) {
        var unused = ctx.close();
      } else {
        super.userEventTriggered(ctx, event);
      }
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
      if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
        Versions.two(ctx.pipeline(), layer);
      } else {
        Versions.one(ctx.pipeline(), layer);
      }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody is left to tell
    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
      layer.telemetry().refused(Protocol.HTTP, "tls");
      ctx.close();
    }
  }
}
