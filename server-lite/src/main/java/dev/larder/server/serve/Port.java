package dev.larder.server.serve;

import dev.larder.server.core.Telemetry;
import dev.larder.server.core.Telemetry.Protocol;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What each connection of one port begins with: it is counted, or refused in the words of its
 * protocol when there are too many; TLS goes first into its pipeline, then what speaks the
 * protocol.
 */
@Sharable
final class Port extends ChannelInitializer<Channel> {
  private static final String BUSY_RESP = "-ERR max number of clients reached\r\n";
  private static final String BUSY_HTTP =
      String.join(
          "\r\n",
          "HTTP/1.1 503 Service Unavailable",
          "Retry-After: 1",
          "Content-Length: 0",
          "Connection: close",
          "",
          "");

  private final Protocol protocol;
  private final ChannelHandler speaker;
  private final Connections connections;
  private final Telemetry telemetry;
  private final @Nullable Certificates certificates;

  Port(
      Protocol protocol,
      ChannelHandler speaker,
      Connections connections,
      Telemetry telemetry,
      @Nullable Certificates certificates) {
    this.protocol = protocol;
    this.speaker = speaker;
    this.connections = connections;
    this.telemetry = telemetry;
    this.certificates = certificates;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (!connections.admit(channel)) {
      refuse(channel);
      return;
    }
    var pipeline = channel.pipeline();
    if (certificates != null && protocol == Protocol.RESP) {
      // HTTP puts it in itself, since what follows depends on what is agreed in the handshake.
      pipeline.addLast("tls", certificates.handler(protocol, channel.alloc()));
    }
    if (protocol == Protocol.HTTP) {
      // RESP counts for itself, with numbers it has anyway.
      telemetry.connection(protocol, true);
      channel.closeFuture().addListener(closed -> telemetry.connection(protocol, false));
      pipeline.addLast(new Traffic(protocol, telemetry));
    }
    pipeline.addLast(speaker);
  }

  /** Nobody listens to words before a handshake, so with TLS the connection is just closed. */
  private void refuse(Channel channel) {
    telemetry.refused(protocol, "too-many-connections");
    if (certificates != null) {
      var unused = channel.close();
      return;
    }
    var words = protocol == Protocol.RESP ? BUSY_RESP : BUSY_HTTP;
    channel
        .writeAndFlush(Unpooled.copiedBuffer(words, StandardCharsets.US_ASCII))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
