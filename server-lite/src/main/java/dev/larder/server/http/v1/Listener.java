package dev.larder.server.http.v1;

import dev.larder.server.http.Exchange;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One who listens to events: a place in the log, and nothing kept beside. Sends on the one thread
 * of the {@link Feed}; the other methods are for all threads.
 */
final class Listener {
  private static final Pattern ID = Pattern.compile("([0-9a-z]{1,40})-([0-9]{1,18})");

  /** Events looked at in one go. */
  private static final int EVENTS = 256;

  /** Bytes sent in one go, but for one event that is larger. */
  private static final int PIECE = 64 << 10;

  /** Goes before others have their turn. */
  private static final int GOES = 16;

  /**
   * A mark that was asked for.
   *
   * @param number what the client calls it
   * @param next the event that may come after it
   */
  private record Mark(long number, long next) {}

  private final String id;
  private final Feed feed;
  private final EventLog log;
  private final EventFilter filter;
  private final Exchange.Pieces to;
  private final Runnable ready;
  private volatile boolean full;
  private volatile boolean closed;
  private volatile boolean beat;
  private final AtomicReference<@Nullable Mark> mark = new AtomicReference<>();
  private @Nullable Mark marked;
  private long newest;
  private boolean started;
  private boolean strange;
  private long next;

  /**
   * Goes on after an event, or begins with the next one.
   *
   * @param id what it is called
   * @param after the id of that event, null for none
   */
  Listener(
      String id,
      Feed feed,
      EventLog log,
      EventFilter filter,
      Exchange.Pieces to,
      @Nullable String after) {
    this.id = id;
    this.feed = feed;
    this.log = log;
    this.filter = filter;
    this.to = to;
    this.ready = this::ready;
    this.next = log.next();
    if (after != null) {
      resume(after);
    }
  }

  private void resume(String after) {
    var id = ID.matcher(after);
    if (id.matches() && id.group(1).equals(log.epoch())) {
      var wanted = Long.parseLong(id.group(2)) + 1;
      strange = wanted > next;
      next = Math.min(next, wanted);
    } else {
      strange = true;
    }
  }

  private void ready() {
    full = false;
    feed.told();
  }

  /** What it is called. */
  String id() {
    return id;
  }

  /**
   * Says that number after all events there are now. A larger one stands for those asked for
   * before, so there is one at a time at most. Called on one thread at a time.
   */
  void mark(long number) {
    if (number > newest) {
      newest = number;
      mark.set(new Mark(number, log.next()));
    }
  }

  /** Says something, so that the client knows that the line holds. */
  void beat() {
    beat = true;
  }

  /** Calls back once when the client has gone. */
  void onClose(Runnable gone) {
    to.onClose(gone);
  }

  void close() {
    closed = true;
  }

  void end() {
    closed = true;
    to.end();
  }

  /** Sends what there is as far as there is room; gives whether there is more for a next turn. */
  boolean send() {
    for (var go = 0; go < GOES; go++) {
      if (full || closed) {
        return false;
      }
      var piece = new ByteArrayOutputStream();
      var from = next;
      var after = collect(piece);
      if (piece.size() == 0 && after == from) {
        return false;
      }
      if (piece.size() != 0 && !sent(piece.toByteArray())) {
        return false;
      }
      started = true;
      strange = false;
      beat = false;
      next = after;
      mark.compareAndSet(marked, null);
    }
    return true;
  }

  /** Before it is tried, since room may be told of before the answer is here. */
  private boolean sent(byte[] piece) {
    full = true;
    if (!to.send(piece, ready)) {
      return false;
    }
    full = false;
    return true;
  }

  /** Writes what comes next, and gives the number of the event after it. */
  private long collect(ByteArrayOutputStream piece) {
    var at = next;
    marked = null;
    if (!started) {
      EventText.start(piece, log.epoch(), at, id);
    }
    if (strange) {
      EventText.gap(piece, log.epoch(), 0, at);
    }
    var first = log.first(filter.values(), filter.old());
    if (at < first) {
      EventText.gap(piece, log.epoch(), at, first);
      return first;
    }
    for (var event : log.from(at, EVENTS)) {
      if (filter.wants(event)) {
        EventText.event(piece, log.epoch(), event, filter);
      }
      at = event.sequence() + 1;
      if (piece.size() >= PIECE) {
        break;
      }
    }
    var asked = mark.get();
    if (asked != null && asked.next() <= at) {
      EventText.mark(piece, log.epoch(), at, asked.number());
      marked = asked;
    }
    if (beat && piece.size() == 0) {
      EventText.beat(piece, log.epoch(), at);
    }
    return at;
  }
}
