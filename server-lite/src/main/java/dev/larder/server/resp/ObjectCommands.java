package dev.larder.server.resp;

import static dev.larder.server.resp.Definition.Flag.READONLY;

import dev.larder.spi.Payload;
import dev.larder.spi.Stored;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code OBJECT} and {@code MEMORY}: what an entry is made of. */
final class ObjectCommands {
  /** The longest value that Redis keeps in one piece with its description. */
  private static final int EMBEDDED = 44;

  /** What an entry takes in memory beside two arrays, as the bound by bytes accounts it. */
  private static final int OVERHEAD = 176;

  private static final int ARRAY_HEADER = 16;

  private static final List<String> OBJECT_HELP =
      List.of(
          "OBJECT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "ENCODING <key>",
          "    Return the kind of internal representation used in order to store the value",
          "    associated with a <key>.",
          "FREQ <key>",
          "    Return the access frequency index of the <key>. The returned integer is",
          "    proportional to the logarithm of the recent access frequency of the key.",
          "IDLETIME <key>",
          "    Return the idle time of the <key>, that is the approximated number of",
          "    seconds elapsed since the last access to the key.",
          "REFCOUNT <key>",
          "    Return the number of references of the value associated with the specified",
          "    <key>.",
          "HELP",
          "    Prints this help.");

  private static final List<String> MEMORY_HELP =
      List.of(
          "MEMORY <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "USAGE <key> [SAMPLES <count>]",
          "    Return memory in bytes used by <key> and its value. Nested values are",
          "    sampled up to <count> times (default: 5, 0 means sample all).",
          "HELP",
          "    Prints this help.");

  private ObjectCommands() {}

  static List<Definition> definitions() {
    return List.of(
        object("encoding", ObjectCommands::encoding),
        object("freq", ObjectCommands::frequency),
        object("idletime", ObjectCommands::idle),
        object("refcount", (entry, value, reply) -> reply.integer(1)),
        help("object|help", OBJECT_HELP),
        new Definition("memory|usage", -3, Set.of(READONLY), 2, 2, 1, ObjectCommands::usage),
        help("memory|help", MEMORY_HELP));
  }

  private interface Question {
    void answer(Stored<Payload> entry, byte[] value, Reply reply);
  }

  private static Definition object(String name, Question question) {
    return new Definition(
        "object|" + name,
        3,
        Set.of(READONLY),
        2,
        2,
        1,
        (request, session, reply) -> {
          var entry = session.database().peek(Arguments.key(request, 2, session));
          var value = Arguments.bytes(entry);
          if (entry == null || value == null) {
            reply.nil();
          } else {
            question.answer(entry, value, reply);
          }
        });
  }

  private static Definition help(String name, List<String> lines) {
    return new Definition(
        name,
        2,
        Set.of(),
        0,
        0,
        0,
        (request, session, reply) -> {
          reply.array(lines.size());
          lines.forEach(reply::simple);
        });
  }

  /** What Redis would call a value of those bytes that was set, not appended to. */
  private static void encoding(Stored<Payload> entry, byte[] value, Reply reply) {
    if (Numbers.is(value)) {
      reply.bulk("int");
    } else {
      reply.bulk(value.length <= EMBEDDED ? "embstr" : "raw");
    }
  }

  /** Entries leave by how often they are read, but no store tells that of a single one. */
  private static void frequency(Stored<Payload> entry, byte[] value, Reply reply) {
    reply.error(
        "ERR An LFU maxmemory policy is selected, but the access frequency of a single key is not"
            + " told.");
  }

  /** As Redis answers where entries leave by how often they are read. */
  private static void idle(Stored<Payload> entry, byte[] value, Reply reply) {
    reply.error(
        "ERR An LFU maxmemory policy is selected, idle time not tracked. Please note that when"
            + " switching between policies at runtime LRU and LFU data will take some time to"
            + " adjust.");
  }

  private static void usage(Request request, Session session, Reply reply) {
    for (int at = 3; at < request.size(); at += 2) {
      checkSamples(request, at);
    }
    var entry = session.database().peek(Arguments.key(request, 2, session));
    reportUsage(request.part(2), Arguments.bytes(entry), reply);
  }

  private static void checkSamples(Request request, int at) {
    if (!request.is(at, "samples") || at + 1 == request.size()) {
      throw new CommandException(CommandException.SYNTAX);
    }
    if (Arguments.integer(request, at + 1) < 0) {
      throw new CommandException(CommandException.SYNTAX);
    }
  }

  private static void reportUsage(byte[] key, byte @Nullable [] value, Reply reply) {
    if (value == null) {
      reply.nil();
    } else {
      reply.integer(OVERHEAD + array(key) + array(value));
    }
  }

  /** Arrays take whole words of 8 bytes. */
  private static long array(byte[] bytes) {
    return (ARRAY_HEADER + bytes.length + 7L) & -8;
  }
}
