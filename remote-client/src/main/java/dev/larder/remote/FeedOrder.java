package dev.larder.remote;

import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Payload;
import dev.larder.spi.StoreEvents;

/**
 * What was received of a log of events, across the streams it came by: hands every event on once
 * and in order, and says what is lost. An event behind its turn, because it came twice or was
 * overtaken, is left out; what one that comes too early has jumped over counts as lost. One thread
 * at a time.
 */
final class FeedOrder {
  private final StoreEvents<Bytes, Payload> events;

  /** The log, empty before the first stream has started. */
  private String epoch = "";

  /** The number of the next event. */
  private long expected;

  /** The id to go on after; read by the thread that opens the next stream. */
  private volatile String last = "";

  FeedOrder(StoreEvents<Bytes, Payload> events) {
    this.events = events;
  }

  /** The id of the last event that was received, empty for none. */
  String last() {
    return last;
  }

  long expected() {
    return expected;
  }

  /** Whether an id is one of the log at hand. */
  boolean sameLog(String id) {
    return id.startsWith(epoch + "-");
  }

  /**
   * A stream begins. Where it does not go on where the one before ended, what was told before is no
   * use: copies are outdated, of reads under way too.
   *
   * @return whether it went on without loss
   */
  boolean started(FeedEvent.Start start, String id) {
    var first = epoch.isEmpty();
    var goesOn = !first && epoch.equals(start.epoch()) && start.next() >= expected;
    if (goesOn) {
      reach(start.next(), id);
      return true;
    }
    epoch = start.epoch();
    expected = start.next();
    last = id;
    if (first) {
      events.outdatedAll();
    } else {
      // How many were lost nobody knows.
      events.gap(expected, expected);
    }
    return false;
  }

  /** Everything before this number has been sent; what of it did not come is lost. */
  void reach(long next, String id) {
    if (next > expected) {
      events.gap(expected, next);
      expected = next;
      last = id;
    }
  }

  /** All entries were dropped. */
  void cleared(FeedEvent.Cleared cleared, String id) {
    if (takes(cleared.sequence(), id)) {
      events.outdatedAll();
    }
  }

  /**
   * An entry expires earlier: copies of it live too long, and so would what reads under way leave.
   * Listeners hear of it when it expires.
   */
  void shortened(FeedEvent.Shortened shortened, String id) {
    if (takes(shortened.sequence(), id)) {
      events.outdated(shortened.key(), shortened.version() + 1);
    }
  }

  /**
   * An entry changed.
   *
   * @param values whether values were asked for
   */
  void changed(FeedEvent.Changed changed, String id, boolean values) {
    if (!takes(changed.sequence(), id)) {
      return;
    }
    events.outdated(changed.key(), changed.version());
    if (!values || !events.wanted()) {
      return;
    }
    if (changed.omitted()) {
      events.gap(changed.sequence(), changed.sequence() + 1);
      return;
    }
    events.changed(
        changed.key(),
        new Change<>(changed.before(), changed.after(), changed.version(), changed.cause()),
        changed.sequence());
  }

  private boolean takes(long sequence, String id) {
    if (sequence < expected) {
      return false;
    }
    reach(sequence, id);
    expected = sequence + 1;
    last = id;
    return true;
  }
}
