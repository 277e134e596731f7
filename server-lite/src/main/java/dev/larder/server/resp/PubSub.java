package dev.larder.server.resp;

import dev.larder.server.core.Glob;
import dev.larder.spi.Bytes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who listens to which channels and patterns. Safe for all threads. */
final class PubSub {
  private final Map<Bytes, Set<RespSession>> channels = new ConcurrentHashMap<>();
  private final Map<Bytes, Set<RespSession>> patterns = new ConcurrentHashMap<>();

  /** A message as it is pushed; the pattern is null where the channel itself is listened to. */
  private static final class Message implements Push {
    private final byte @Nullable [] pattern;
    private final byte[] channel;
    private final byte[] text;

    Message(byte @Nullable [] pattern, byte[] channel, byte[] text) {
      this.pattern = pattern;
      this.channel = channel;
      this.text = text;
    }

    @Override
    public void write(RespReply reply) {
      if (pattern == null) {
        reply.push(3);
        reply.bulk("message");
      } else {
        reply.push(4);
        reply.bulk("pmessage");
        reply.bulk(pattern);
      }
      reply.bulk(channel);
      reply.bulk(text);
    }

    @Override
    public int weight() {
      return 64 + (pattern == null ? 0 : pattern.length) + channel.length + text.length;
    }
  }

  void subscribe(Bytes channel, RespSession session) {
    add(channels, channel, session);
  }

  void unsubscribe(Bytes channel, RespSession session) {
    remove(channels, channel, session);
  }

  void subscribePattern(Bytes pattern, RespSession session) {
    add(patterns, pattern, session);
  }

  void unsubscribePattern(Bytes pattern, RespSession session) {
    remove(patterns, pattern, session);
  }

  private static void add(Map<Bytes, Set<RespSession>> to, Bytes name, RespSession session) {
    to.compute(
        name,
        (same, listeners) -> {
          var all = listeners == null ? ConcurrentHashMap.<RespSession>newKeySet() : listeners;
          all.add(session);
          return all;
        });
  }

  private static void remove(Map<Bytes, Set<RespSession>> from, Bytes name, RespSession session) {
    from.computeIfPresent(
        name,
        (same, listeners) -> {
          listeners.remove(session);
          return listeners.isEmpty() ? null : listeners;
        });
  }

  /** Whether nobody listens to anything. */
  boolean isEmpty() {
    return channels.isEmpty() && patterns.isEmpty();
  }

  /** Has a message pushed to all that listen; tells to how many. Does not wait. */
  int publish(byte[] channel, byte[] text) {
    var receivers = 0;
    var listeners = channels.get(new Bytes(channel));
    if (listeners != null) {
      receivers += send(listeners, new Message(null, channel, text));
    }
    for (var pattern : patterns.entrySet()) {
      var glob = pattern.getKey().array();
      if (Glob.of(glob).matches(channel)) {
        receivers += send(pattern.getValue(), new Message(glob, channel, text));
      }
    }
    return receivers;
  }

  private static int send(Set<RespSession> listeners, Message message) {
    var count = 0;
    for (var listener : listeners) {
      listener.handler().push(message);
      count++;
    }
    return count;
  }

  /** The channels that somebody listens to by name. */
  Set<Bytes> channels() {
    return channels.keySet();
  }

  /** How many listen to a channel by name. */
  int listeners(Bytes channel) {
    var listeners = channels.get(channel);
    return listeners == null ? 0 : listeners.size();
  }

  /** How many patterns are listened to. */
  int patterns() {
    return patterns.size();
  }

  /** Ends everything that a session listens to. */
  void forget(RespSession session) {
    var subscriptions = session.subscriptions();
    subscriptions.channels().forEach(channel -> unsubscribe(channel, session));
    subscriptions.patterns().forEach(pattern -> unsubscribePattern(pattern, session));
    subscriptions.channels().clear();
    subscriptions.patterns().clear();
  }
}
