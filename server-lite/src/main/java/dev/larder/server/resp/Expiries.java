package dev.larder.server.resp;

import dev.larder.Life;
import dev.larder.RemovalCause;
import dev.larder.server.core.Verb;
import dev.larder.spi.Payload;
import dev.larder.spi.Slot;
import dev.larder.spi.Verbs.Nothing;
import java.util.Set;

/**
 * How entries get another deadline. The value is written again as it is, instead of its deadline
 * touched: only then does the deadline count as the entry's own, which a sliding rule does not move
 * on reads and the next plain write does away with, and only then do watchers hear of it, as {@code
 * WATCH} and client tracking want. They find the same payload before and after.
 */
final class Expiries {
  /** Under what condition a deadline is given. */
  enum When {
    /** The entry has none. */
    NX("nx"),
    /** It has one. */
    XX("xx"),
    /** It has one, which is earlier. */
    GT("gt"),
    /** It has none, or a later one. */
    LT("lt");

    private final String word;

    When(String word) {
      this.word = word;
    }

    /** What clients say for it. */
    String word() {
      return word;
    }
  }

  /**
   * Another deadline.
   *
   * @param conditions all of which must hold
   */
  record Moved(long deadline, Set<When> conditions) {}

  /** Gives a deadline; tells whether there was an entry for which the conditions held. */
  static final Verb<Moved, Boolean> EXPIRE = Verb.of("expire", Expiries::expire);

  /** Takes the deadline away; tells whether there was one. */
  static final Verb<Nothing, Boolean> PERSIST = Verb.of("persist", (none, slot) -> persist(slot));

  private Expiries() {}

  private static Boolean expire(Moved moved, Slot<Payload> slot) {
    var current = slot.current();
    var value = current == null ? null : current.value();
    if (current == null || value == null || !holds(moved, current.deadline())) {
      return false;
    }
    end(slot, value, moved.deadline);
    return true;
  }

  private static boolean holds(Moved moved, long deadline) {
    for (var condition : moved.conditions) {
      var holds =
          switch (condition) {
            case NX -> deadline == Life.FOREVER;
            case XX -> deadline != Life.FOREVER;
            case GT -> deadline != Life.FOREVER && moved.deadline > deadline;
            case LT -> deadline == Life.FOREVER || moved.deadline < deadline;
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private static Boolean persist(Slot<Payload> slot) {
    var current = slot.current();
    var value = current == null ? null : current.value();
    if (current == null || value == null || current.deadline() == Life.FOREVER) {
      return false;
    }
    end(slot, value, Life.FOREVER);
    return true;
  }

  /** The entry, of that value, ends then; at once, if that has passed. */
  static void end(Slot<Payload> slot, Payload value, long deadline) {
    if (deadline <= slot.now()) {
      slot.remove(RemovalCause.EXPLICIT);
    } else {
      slot.write(value, deadline, value.meta());
    }
  }
}
