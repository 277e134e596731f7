package dev.larder.server.resp;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection as {@code CLIENT LIST} shows it: the fields of Redis that mean something here. */
final class ClientLine {
  private ClientLine() {}

  /** An address as Redis writes it. */
  static String address(@Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress inet) {
      var host = inet.getAddress();
      var text = host == null ? inet.getHostString() : host.getHostAddress();
      return (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + inet.getPort();
    }
    return String.valueOf(address);
  }

  static String of(RespSession client) {
    var now = client.server().clock().ticks();
    var number = client.databases().number(client.database());
    var transaction = client.transaction();
    var tracking = client.tracking();
    var last = client.last();
    return "id="
        + client.id()
        + " addr="
        + address(client.remote())
        + " laddr="
        + address(client.handler().channel().localAddress())
        + " fd=0 name="
        + client.name()
        + " age="
        + TimeUnit.NANOSECONDS.toSeconds(now - client.created())
        + " idle="
        + TimeUnit.NANOSECONDS.toSeconds(now - client.active())
        + " flags="
        + flags(client)
        + " db="
        + (number == null ? client.database().name() : number.toString())
        + " sub="
        + client.subscribedChannels()
        + " psub="
        + client.subscribedPatterns()
        + " ssub=0 multi="
        + (transaction == null ? -1 : transaction.size())
        + " watch="
        + client.watches().size()
        + " cmd="
        + (last == null ? "NULL" : last.definition().name())
        + " user=default redir="
        + (tracking == null ? -1 : tracking.redirect())
        + " resp="
        + (client.resp3() ? 3 : 2)
        + " lib-name="
        + client.library()
        + " lib-ver="
        + client.libraryVersion()
        + " tot-cmds="
        + client.commands();
  }

  private static String flags(RespSession client) {
    var flags = new StringBuilder();
    if (client.listens()) {
      flags.append('P');
    }
    if (client.transaction() != null) {
      flags.append('x');
    }
    var tracking = client.tracking();
    if (tracking != null) {
      flags.append('t');
      if (tracking.broken()) {
        flags.append('R');
      }
      if (tracking.mode() == Tracking.Mode.BROADCAST) {
        flags.append('B');
      }
    }
    if (client.noEvict()) {
      flags.append('e');
    }
    if (client.noTouch()) {
      flags.append('T');
    }
    return flags.isEmpty() ? "N" : flags.toString();
  }
}
