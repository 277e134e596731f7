package dev.larder.server.resp;

import dev.larder.server.core.Glob;
import dev.larder.server.resp.Definition.Flag;
import dev.larder.spi.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Commands about messages between clients. */
final class PubSubCommands {
  private PubSubCommands() {}

  static List<Definition> definitions() {
    return List.of(
        define("subscribe", -2, PubSubCommands::subscribe, Flag.PUBSUB),
        define("unsubscribe", -1, PubSubCommands::unsubscribe, Flag.PUBSUB),
        define("psubscribe", -2, PubSubCommands::subscribePatterns, Flag.PUBSUB),
        define("punsubscribe", -1, PubSubCommands::unsubscribePatterns, Flag.PUBSUB),
        define("publish", 3, PubSubCommands::publish, Flag.FAST),
        define("pubsub|channels", -2, PubSubCommands::channels),
        define("pubsub|numsub", -2, PubSubCommands::listeners),
        define(
            "pubsub|numpat",
            2,
            (request, session, reply) ->
                reply.integer(RespSession.of(session).server().pubSub().patterns())));
  }

  private static Definition define(String name, int arity, Command command, Flag... flags) {
    return new Definition(name, arity, Set.of(flags), 0, 0, 0, command);
  }

  private static void tell(Reply reply, String what, @Nullable Bytes name, RespSession session) {
    ((RespReply) reply).push(3);
    reply.bulk(what);
    reply.bulk(name == null ? null : name.array());
    reply.integer(session.subscriptions().size());
  }

  private static void checkRoom(RespSession session) {
    if (session.subscriptions().size() >= session.limits().batch()) {
      throw new CommandException(
          "ERR at most " + session.limits().batch() + " channels can be subscribed to");
    }
  }

  private static void subscribe(Request request, Session session, Reply reply) {
    var mine = RespSession.of(session);
    for (int at = 1; at < request.size(); at++) {
      checkRoom(mine);
      var channel = request.key(at);
      if (mine.subscriptions().channels().add(channel)) {
        mine.server().pubSub().subscribe(channel, mine);
      }
      tell(reply, "subscribe", channel, mine);
    }
    mine.subscribed();
    mine.server().notices().refreshIfWanted();
  }

  private static void subscribePatterns(Request request, Session session, Reply reply) {
    var mine = RespSession.of(session);
    for (int at = 1; at < request.size(); at++) {
      checkRoom(mine);
      Glob.of(request.part(at));
      var pattern = request.key(at);
      if (mine.subscriptions().patterns().add(pattern)) {
        mine.server().pubSub().subscribePattern(pattern, mine);
      }
      tell(reply, "psubscribe", pattern, mine);
    }
    mine.subscribed();
    mine.server().notices().refreshIfWanted();
  }

  private static List<Bytes> named(Request request, Set<Bytes> all) {
    if (request.size() == 1) {
      return List.copyOf(all);
    }
    var names = new ArrayList<Bytes>(request.size() - 1);
    for (int at = 1; at < request.size(); at++) {
      names.add(request.key(at));
    }
    return names;
  }

  private static void unsubscribe(Request request, Session session, Reply reply) {
    var mine = RespSession.of(session);
    var names = named(request, mine.subscriptions().channels());
    for (var channel : names) {
      if (mine.subscriptions().channels().remove(channel)) {
        mine.server().pubSub().unsubscribe(channel, mine);
      }
      tell(reply, "unsubscribe", channel, mine);
    }
    if (names.isEmpty()) {
      tell(reply, "unsubscribe", null, mine);
    }
    mine.subscribed();
  }

  private static void unsubscribePatterns(Request request, Session session, Reply reply) {
    var mine = RespSession.of(session);
    var names = named(request, mine.subscriptions().patterns());
    for (var pattern : names) {
      if (mine.subscriptions().patterns().remove(pattern)) {
        mine.server().pubSub().unsubscribePattern(pattern, mine);
      }
      tell(reply, "punsubscribe", pattern, mine);
    }
    if (names.isEmpty()) {
      tell(reply, "punsubscribe", null, mine);
    }
    mine.subscribed();
  }

  private static void publish(Request request, Session session, Reply reply) {
    reply.integer(
        RespSession.of(session).server().pubSub().publish(request.part(1), request.part(2)));
  }

  private static void channels(Request request, Session session, Reply reply) {
    if (request.size() > 3) {
      throw new CommandException(
          "ERR unknown subcommand or wrong number of arguments for '"
              + request.text(1)
              + "'. Try PUBSUB HELP.");
    }
    var glob = Glob.of(request.size() == 3 ? request.part(2) : new byte[] {'*'});
    var names =
        RespSession.of(session).server().pubSub().channels().stream()
            .filter(name -> glob.matches(name.array()))
            .toList();
    reply.array(names.size());
    names.forEach(name -> reply.bulk(name.array()));
  }

  private static void listeners(Request request, Session session, Reply reply) {
    var pubSub = RespSession.of(session).server().pubSub();
    reply.array(2 * (request.size() - 2));
    for (int at = 2; at < request.size(); at++) {
      reply.bulk(request.part(at));
      reply.integer(pubSub.listeners(request.key(at)));
    }
  }
}
