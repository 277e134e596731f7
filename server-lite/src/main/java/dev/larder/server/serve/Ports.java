package dev.larder.server.serve;

import dev.larder.server.core.Telemetry;
import dev.larder.server.core.Telemetry.Protocol;
import dev.larder.server.serve.Settings.Listening;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The open ports of a server. */
@Singleton
final class Ports {
  /** Connections that the kernel keeps until they are accepted. */
  private static final int BACKLOG = 4_096;

  private final Listening listening;
  private final Loops loops;
  private final Speakers speakers;
  private final Connections connections;
  private final Telemetry telemetry;
  private final Optional<Certificates> certificates;
  private final Map<Protocol, Channel> open = new EnumMap<>(Protocol.class);

  /** What speaks each protocol, on connections of any kind. */
  record Speakers(ChannelHandler http, ChannelHandler resp) {}

  @Inject
  Ports(
      Settings settings,
      Loops loops,
      Speakers speakers,
      Connections connections,
      Telemetry telemetry,
      Optional<Certificates> certificates) {
    this.listening = settings.listening();
    this.loops = loops;
    this.speakers = speakers;
    this.connections = connections;
    this.telemetry = telemetry;
    this.certificates = certificates;
  }

  /**
   * Opens them.
   *
   * @throws StartException naming the port that could not be opened; none is open then
   */
  void open() throws InterruptedException {
    var host = address(listening.host());
    try {
      open(Protocol.HTTP, "server.port (--port, LARDER_PORT)", host, listening.port());
      if (listening.respPort().isPresent()) {
        open(
            Protocol.RESP,
            "server.resp-port (--resp-port, LARDER_RESP_PORT)",
            host,
            listening.respPort().getAsInt());
      }
    } catch (StartException e) {
      close();
      throw e;
    }
  }

  private void open(Protocol protocol, String setting, InetAddress host, int port)
      throws InterruptedException {
    var speaker = protocol == Protocol.HTTP ? speakers.http() : speakers.resp();
    var bound =
        new ServerBootstrap()
            .group(loops.boss(), loops.workers())
            .channel(loops.channel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            // A client that has said all may still read: each protocol decides when to close.
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(
                new Port(protocol, speaker, connections, telemetry, certificates.orElse(null)))
            .bind(host, port)
            .await();
    if (!bound.isSuccess()) {
      throw refused(setting, new InetSocketAddress(host, port), bound.cause());
    }
    open.put(protocol, bound.channel());
  }

  private static StartException refused(
      String setting, InetSocketAddress address, Throwable cause) {
    return new StartException(
        "cannot listen on "
            + text(address)
            + ": "
            + cause.getMessage()
            + "; allowed: a free port that this user may open and an address of this machine, see "
            + setting
            + " and server.host (--host, LARDER_HOST)",
        cause);
  }

  /** The address of a host by name or number. */
  static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new SettingsException(
          "server.host: "
              + dev.larder.spi.Settings.quote(host)
              + " is not known here; allowed: an address of this machine, such as 127.0.0.1, or"
              + " 0.0.0.0 for all of them",
          e);
    }
  }

  /** An address as people write it, IPv6 in brackets; all addresses of either kind as one. */
  static String text(InetSocketAddress address) {
    var ip = address.getAddress();
    var host = ip.isAnyLocalAddress() ? "0.0.0.0" : ip.getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }

  /** Where a protocol is spoken, empty for nowhere. */
  Optional<InetSocketAddress> address(Protocol protocol) {
    return Optional.ofNullable(open.get(protocol))
        .map(channel -> (InetSocketAddress) channel.localAddress());
  }

  /** Accepts no more connections; those that are open stay. */
  void close() throws InterruptedException {
    for (var channel : open.values()) {
      channel.close().await();
    }
  }
}
