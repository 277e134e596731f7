package dev.larder.server.resp;

import static dev.larder.server.resp.Definition.Flag.FAST;
import static dev.larder.server.resp.Definition.Flag.READONLY;
import static dev.larder.server.resp.Definition.Flag.WRITE;

import dev.larder.server.core.Verb;
import dev.larder.spi.Payload;
import dev.larder.spi.Slot;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The commands that read and write parts of values. */
final class RangeCommands {
  private static final byte[] EMPTY = {};

  /**
   * Bytes that go into a value.
   *
   * @param offset where to, unless it goes to the end
   * @param longest how long the value may get
   */
  private record Patch(Payload part, long offset, int longest) {}

  private static final Verb<Patch, Long> APPEND = Verb.of("append", RangeCommands::append);
  private static final Verb<Patch, Long> PATCH = Verb.of("setrange", RangeCommands::patch);

  private RangeCommands() {}

  static List<Definition> definitions() {
    return List.of(
        new Definition("append", 3, Set.of(WRITE, FAST), 1, 1, 1, RangeCommands::append),
        new Definition("strlen", 2, Set.of(READONLY, FAST), 1, 1, 1, RangeCommands::length),
        new Definition("getrange", 4, Set.of(READONLY), 1, 1, 1, RangeCommands::getRange),
        new Definition("substr", 4, Set.of(READONLY), 1, 1, 1, RangeCommands::getRange),
        new Definition("setrange", 4, Set.of(WRITE), 1, 1, 1, RangeCommands::setRange));
  }

  private static void length(Request request, Session session, Reply reply) {
    var value = Arguments.bytes(session.database().get(Arguments.key(request, 1, session)));
    reply.integer(value == null ? 0 : value.length);
  }

  private static void getRange(Request request, Session session, Reply reply) {
    var start = Arguments.integer(request, 2);
    var end = Arguments.integer(request, 3);
    var value = Arguments.bytes(session.database().get(Arguments.key(request, 1, session)));
    reply.bulk(value == null ? EMPTY : range(value, start, end));
  }

  /** Both ends belong to it; negative ones count from the end of the value. */
  private static byte[] range(byte[] value, long start, long end) {
    if (start < 0 && end < 0 && start > end) {
      return EMPTY;
    }
    var from = Math.max(0, start < 0 ? value.length + start : start);
    var last = Math.max(0, end < 0 ? value.length + end : end);
    var to = Math.min(last, value.length - 1L) + 1;
    if (from >= to) {
      return EMPTY;
    }
    return from == 0 && to == value.length
        ? value
        : Arrays.copyOfRange(value, (int) from, (int) to);
  }

  private static void append(Request request, Session session, Reply reply) {
    change(request, session, reply, APPEND, 0);
  }

  private static void setRange(Request request, Session session, Reply reply) {
    var offset = Arguments.integer(request, 2);
    if (offset < 0) {
      throw new CommandException("ERR offset is out of range");
    }
    change(request, session, reply, PATCH, offset);
  }

  private static void change(
      Request request, Session session, Reply reply, Verb<Patch, Long> verb, long offset) {
    var database = session.database();
    var part = database.contents().raw(request.part(request.size() - 1));
    var patch = new Patch(part, offset, session.limits().valueBytes());
    long length = database.update(Arguments.key(request, 1, session), verb, patch);
    database.counted(1, 0);
    reply.integer(length);
  }

  private static Long append(Patch patch, Slot<Payload> slot) {
    var before = array(slot);
    return put(patch.part, before, before.length, patch.longest, slot);
  }

  private static Long patch(Patch patch, Slot<Payload> slot) {
    var before = array(slot);
    // Writing nothing creates nothing.
    return patch.part.array().length == 0
        ? (long) before.length
        : put(patch.part, before, patch.offset, patch.longest, slot);
  }

  private static byte[] array(Slot<Payload> slot) {
    var value = Values.of(slot);
    return value == null ? EMPTY : value.array();
  }

  private static Long put(
      Payload part, byte[] before, long offset, int longest, Slot<Payload> slot) {
    var added = part.array().length;
    if (offset > longest - (long) added) {
      throw new CommandException("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
    }
    var bytes = Arrays.copyOf(before, Math.max(before.length, (int) offset + added));
    System.arraycopy(part.array(), 0, bytes, (int) offset, added);
    Values.replace(slot, bytes, part.meta());
    return (long) bytes.length;
  }
}
