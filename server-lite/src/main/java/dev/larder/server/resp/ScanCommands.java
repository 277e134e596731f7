package dev.larder.server.resp;

import static dev.larder.server.resp.Definition.Flag.READONLY;

import dev.larder.server.core.Database;
import dev.larder.server.core.Glob;
import dev.larder.spi.Bytes;
import dev.larder.spi.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The commands that look for keys. {@code SCAN} hands out the places of the store as cursors, so it
 * keeps nothing between calls; an entry that is there throughout comes exactly once, which is more
 * than Redis promises. {@code KEYS} goes through everything, but refuses to answer more keys than a
 * batch may have.
 */
final class ScanCommands {
  /** What a scan looks at when nobody says. */
  private static final int USUAL = 10;

  /** From so many neighbours a random one is taken. */
  private static final int NEIGHBOURS = 8;

  private ScanCommands() {}

  static List<Definition> definitions() {
    return List.of(
        new Definition("keys", 2, Set.of(READONLY), 0, 0, 0, ScanCommands::keys),
        new Definition("scan", -2, Set.of(READONLY), 0, 0, 0, ScanCommands::scan),
        new Definition("randomkey", 1, Set.of(READONLY), 0, 0, 0, ScanCommands::random));
  }

  private static Glob glob(byte[] pattern) {
    try {
      return Glob.of(pattern);
    } catch (IllegalArgumentException e) {
      throw new CommandException("ERR " + e.getMessage());
    }
  }

  private static void keys(Request request, Session session, Reply reply) {
    var most = session.limits().batch();
    var found = new ArrayList<Bytes>();
    var scan = new KeyScan(session.database(), Cursor.START, glob(request.part(1)));
    long bytes = 0;
    for (int from = 0; scan.step(Long.MAX_VALUE, found) > 0; from = found.size()) {
      for (var key : found.subList(from, found.size())) {
        bytes += key.array().length;
      }
      if (found.size() > most || bytes > session.limits().outputBytes()) {
        throw new CommandException(
            "ERR more than "
                + Math.min(most, found.size() - 1)
                + " keys match, which is too much for one answer; use SCAN");
      }
    }
    answer(found, reply);
  }

  private static void answer(List<Bytes> keys, Reply reply) {
    reply.array(keys.size());
    keys.forEach(key -> reply.bulk(key.array()));
  }

  private static void scan(Request request, Session session, Reply reply) {
    var position = Numbers.unsigned(request.text(1));
    if (position == null) {
      throw new CommandException("ERR invalid cursor");
    }
    var wanted = Wanted.of(request);
    var found = new ArrayList<Bytes>();
    var scan = new KeyScan(session.database(), new Cursor(position), wanted.pattern);
    var left = Math.min(wanted.count, session.limits().batch());
    while (left > 0 && scan.next() != null) {
      left -= scan.step(left, found);
    }
    var next = scan.next();
    reply.array(2);
    reply.bulk(Long.toUnsignedString(next == null ? 0 : next.position()));
    answer(wanted.strings ? found : List.of(), reply);
  }

  /**
   * The words after the cursor.
   *
   * @param strings whether entries are of the type asked for, since all are strings
   */
  private record Wanted(@Nullable Glob pattern, long count, boolean strings) {
    static Wanted of(Request request) {
      Glob pattern = null;
      long count = USUAL;
      boolean strings = true;
      for (int at = 2; at < request.size(); at += 2) {
        if (at + 1 == request.size()) {
          throw new CommandException(CommandException.SYNTAX);
        }
        if (request.is(at, "match")) {
          pattern = glob(request.part(at + 1));
        } else if (request.is(at, "count")) {
          count = count(request, at + 1);
        } else if (request.is(at, "type")) {
          strings = request.is(at + 1, "string");
        } else {
          throw new CommandException(CommandException.SYNTAX);
        }
      }
      return new Wanted(pattern, count, strings);
    }

    private static long count(Request request, int at) {
      var count = Arguments.integer(request, at);
      if (count < 1) {
        throw new CommandException(CommandException.SYNTAX);
      }
      return count;
    }
  }

  private static void random(Request request, Session session, Reply reply) {
    var database = session.database();
    var random = new SplittableRandom(database.clock().ticks());
    var page = database.scan(place(database, random), NEIGHBOURS);
    if (page.entries().isEmpty()) {
      page = database.scan(Cursor.START, NEIGHBOURS);
    }
    var entries = page.entries();
    reply.bulk(
        entries.isEmpty() ? null : entries.get(random.nextInt(entries.size())).key().array());
  }

  /**
   * Somewhere among the entries. Where they are in memory every number is a place; elsewhere those
   * from the first to the one behind the beginning are.
   */
  private static Cursor place(Database database, SplittableRandom random) {
    if (!database.waits()) {
      return new Cursor(random.nextInt(Integer.MAX_VALUE));
    }
    var behind = database.scan(Cursor.START, 1).next();
    return behind == null ? Cursor.START : new Cursor(random.nextLong(behind.position()) + 2);
  }
}
