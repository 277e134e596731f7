package dev.larder.server.resp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import dev.larder.spi.Stored;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of requests that many commands have, checked against what clients may ask. */
final class Arguments {
  private Arguments() {}

  /**
   * A part as a key.
   *
   * @throws CommandException when it is too long
   */
  static Bytes key(Request request, int index, Session session) {
    int longest = session.limits().keyBytes();
    if (request.part(index).length > longest) {
      throw new CommandException(
          "ERR the key has " + request.part(index).length + " bytes, more than " + longest);
    }
    return request.key(index);
  }

  /** The parts from one on as keys, or every second of them. */
  static List<Bytes> keys(Request request, int from, int step, Session session) {
    var keys = new ArrayList<Bytes>((request.size() - from) / step + 1);
    for (int at = from; at < request.size(); at += step) {
      keys.add(key(request, at, session));
    }
    return keys;
  }

  /**
   * A part as a new value.
   *
   * @throws CommandException when it is too long
   */
  static Payload value(Request request, int index, Session session) {
    int longest = session.limits().valueBytes();
    if (request.part(index).length > longest) {
      throw new CommandException(
          "ERR the value has " + request.part(index).length + " bytes, more than " + longest);
    }
    return session.database().contents().raw(request.part(index));
  }

  /** A part as a whole number. */
  static long integer(Request request, int index) {
    return Numbers.parse(request.part(index));
  }

  /** The bytes of an entry; null when there is none, or it has left since it was found. */
  static byte @Nullable [] bytes(@Nullable Stored<Payload> entry) {
    var value = entry == null ? null : entry.value();
    return value == null ? null : value.array();
  }

  /** What is said to an odd number of parts where pairs are wanted. */
  static CommandException miscounted(Request request) {
    var name = new String(request.part(0), UTF_8).toLowerCase(java.util.Locale.ROOT);
    return new CommandException("ERR wrong number of arguments for '" + name + "' command");
  }
}
