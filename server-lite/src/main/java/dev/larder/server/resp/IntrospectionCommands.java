package dev.larder.server.resp;

import dev.larder.server.core.Glob;
import dev.larder.server.resp.Definition.Flag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code COMMAND}: what commands there are. */
final class IntrospectionCommands {
  private IntrospectionCommands() {}

  static List<Definition> definitions() {
    return List.of(
        define("command", -1, IntrospectionCommands::all),
        define("command|count", 2, IntrospectionCommands::count),
        define("command|info", -2, IntrospectionCommands::info),
        define("command|docs", -2, IntrospectionCommands::docs),
        define("command|list", -2, IntrospectionCommands::list),
        define("command|getkeys", -3, IntrospectionCommands::keys));
  }

  private static Definition define(String name, int arity, Command command) {
    return new Definition(name, arity, Set.of(), 0, 0, 0, command);
  }

  private static Commands commands(Session session) {
    return RespSession.of(session).server().commands();
  }

  private static void all(Request request, Session session, Reply reply) {
    if (request.size() > 1) {
      throw new CommandException(
          "ERR unknown subcommand '" + request.text(1) + "'. Try COMMAND HELP.");
    }
    var all = commands(session).commands();
    reply.array(all.size());
    all.forEach(known -> describe(known, reply));
  }

  private static void count(Request request, Session session, Reply reply) {
    reply.integer(commands(session).commands().size());
  }

  private static @Nullable Known named(Request request, int index, Session session) {
    return commands(session).find(request.text(index).toLowerCase(Locale.ROOT));
  }

  private static void info(Request request, Session session, Reply reply) {
    if (request.size() == 2) {
      var all = commands(session).commands();
      reply.array(all.size());
      all.forEach(known -> describe(known, reply));
      return;
    }
    reply.array(request.size() - 2);
    for (int at = 2; at < request.size(); at++) {
      var known = named(request, at, session);
      if (known == null) {
        reply.nil();
      } else {
        describe(known, reply);
      }
    }
  }

  /** Name, arity, flags, keys, categories, tips, key specifications and subcommands. */
  private static void describe(Known known, Reply reply) {
    var definition = known.definition();
    reply.array(10);
    reply.bulk(definition.name());
    reply.integer(definition.arity());
    simple(flags(known), reply);
    reply.integer(definition.firstKey());
    reply.integer(definition.lastKey());
    reply.integer(definition.step());
    simple(categories(known), reply);
    reply.array(0);
    specification(known, reply);
    reply.array(known.subcommands().size());
    known.subcommands().values().forEach(subcommand -> describe(subcommand, reply));
  }

  private static void simple(Collection<String> words, Reply reply) {
    reply.set(words.size());
    words.forEach(reply::simple);
  }

  private static List<String> flags(Known known) {
    var flags = new ArrayList<String>();
    add(known, Flag.WRITE, "write", flags);
    add(known, Flag.READONLY, "readonly", flags);
    add(known, Flag.ADMIN, "admin", flags);
    add(known, Flag.PUBSUB, "pubsub", flags);
    add(known, Flag.FAST, "fast", flags);
    add(known, Flag.NO_AUTH, "no_auth", flags);
    add(known, Flag.NO_MULTI, "no_multi", flags);
    return flags;
  }

  private static List<String> categories(Known known) {
    var categories = new ArrayList<String>();
    add(known, Flag.WRITE, "@write", categories);
    add(known, Flag.READONLY, "@read", categories);
    add(known, Flag.ADMIN, "@admin", categories);
    add(known, Flag.PUBSUB, "@pubsub", categories);
    categories.add(known.has(Flag.FAST) ? "@fast" : "@slow");
    return categories;
  }

  private static void add(Known known, Flag flag, String word, List<String> to) {
    if (known.has(flag)) {
      to.add(word);
    }
  }

  private static void specification(Known known, Reply reply) {
    var definition = known.definition();
    if (definition.firstKey() == 0) {
      reply.array(0);
      return;
    }
    reply.array(1);
    reply.map(3);
    reply.bulk("flags");
    simple(List.of(known.has(Flag.WRITE) ? "RW" : "RO", "access"), reply);
    reply.bulk("begin_search");
    reply.map(2);
    reply.bulk("type");
    reply.bulk("index");
    reply.bulk("spec");
    reply.map(1);
    reply.bulk("index");
    reply.integer(definition.firstKey());
    reply.bulk("find_keys");
    reply.map(2);
    reply.bulk("type");
    reply.bulk("range");
    reply.bulk("spec");
    reply.map(3);
    reply.bulk("lastkey");
    var last = definition.lastKey();
    reply.integer(last < 0 ? last : (long) last - definition.firstKey());
    reply.bulk("keystep");
    reply.integer(definition.step());
    reply.bulk("limit");
    reply.integer(0);
  }

  private static void docs(Request request, Session session, Reply reply) {
    var asked = new ArrayList<Known>();
    if (request.size() == 2) {
      asked.addAll(commands(session).commands());
    }
    for (int at = 2; at < request.size(); at++) {
      var known = named(request, at, session);
      if (known != null) {
        asked.add(known);
      }
    }
    reply.map(asked.size());
    asked.forEach(known -> document(known, reply));
  }

  private static void document(Known known, Reply reply) {
    var subcommands = known.subcommands().values();
    reply.bulk(known.definition().name());
    reply.map(subcommands.isEmpty() ? 2 : 3);
    reply.bulk("summary");
    reply.bulk("As in Redis 7.2.");
    reply.bulk("group");
    reply.bulk(known.data() ? "string" : known.has(Flag.PUBSUB) ? "pubsub" : "server");
    if (!subcommands.isEmpty()) {
      reply.bulk("subcommands");
      reply.map(subcommands.size());
      subcommands.forEach(subcommand -> document(subcommand, reply));
    }
  }

  private static void list(Request request, Session session, Reply reply) {
    var names = new ArrayList<String>();
    commands(session).commands().forEach(known -> names.add(known.definition().name()));
    if (request.size() > 2) {
      if (request.size() != 5 || !request.is(2, "filterby") || !request.is(3, "pattern")) {
        throw new CommandException(CommandException.SYNTAX);
      }
      var glob = Glob.of(request.part(4));
      names.removeIf(
          name -> !glob.matches(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }
    reply.array(names.size());
    names.forEach(reply::bulk);
  }

  private static void keys(Request request, Session session, Reply reply) {
    var known = named(request, 2, session);
    if (known == null) {
      throw new CommandException("ERR Invalid command specified");
    }
    if (!known.takes(request.size() - 2)) {
      throw new CommandException("ERR Invalid number of arguments specified for command");
    }
    var definition = known.definition();
    if (definition.firstKey() == 0) {
      throw new CommandException("ERR The command has no key arguments");
    }
    var last =
        definition.lastKey() < 0 ? request.size() + definition.lastKey() : definition.lastKey() + 2;
    var keys = new ArrayList<byte[]>();
    for (int at = definition.firstKey() + 2; at <= last; at += definition.step()) {
      keys.add(request.part(at));
    }
    reply.array(keys.size());
    keys.forEach(reply::bulk);
  }
}
