package dev.larder.server.http.v1;

import dev.larder.Checks;
import dev.larder.server.core.Watcher;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Payload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last events of one database, numbered without holes: at most so many, and so many bytes. What
 * is older is gone, and whoever wants it learns that. Keeps values only once somebody asked for
 * them. Safe for all threads; its lock is held for a few instructions, also under the lock of a
 * key.
 */
final class EventLog implements Watcher {
  /** So many events are kept. */
  static final int EVENTS = 10_000;

  /** So many bytes of keys and values, with what an event itself takes. */
  static final long BYTES = 16L << 20;

  /** Larger values are not kept. */
  static final int LARGEST = 1 << 20;

  private static final int EVENT = 120;

  private final String epoch;
  private final long mostBytes;
  private final Runnable told;
  private final @Nullable LogEvent[] ring;
  private long first = 1;
  private long next = 1;
  private long bytes;
  private long valuesFrom = Long.MAX_VALUE;
  private long oldFrom = Long.MAX_VALUE;

  /**
   * An empty log.
   *
   * @param epoch its name, unlike that of every other
   * @param told called after every event, maybe under the lock of a key
   */
  EventLog(String epoch, int most, long mostBytes, Runnable told) {
    this.epoch = epoch;
    this.ring = new LogEvent[most];
    this.mostBytes = mostBytes;
    this.told = told;
  }

  String epoch() {
    return epoch;
  }

  /** The number of the next event. */
  synchronized long next() {
    return next;
  }

  /** The number of the oldest event kept, that of the next one when there is none. */
  synchronized long first() {
    return first;
  }

  /** Keeps values from now on, those written and those before. */
  synchronized void keep(boolean values, boolean old) {
    if (values && valuesFrom == Long.MAX_VALUE) {
      valuesFrom = next;
    }
    if (old && oldFrom == Long.MAX_VALUE) {
      oldFrom = next;
    }
  }

  /** From which event on everything asked for is there. */
  synchronized long first(boolean values, boolean old) {
    var complete = first;
    if (values) {
      complete = Math.max(complete, Math.min(valuesFrom, next));
    }
    return old ? Math.max(complete, Math.min(oldFrom, next)) : complete;
  }

  /** Events from that number on, at most so many; none when the first of them is gone. */
  synchronized List<LogEvent> from(long sequence, int limit) {
    if (sequence < first) {
      return List.of();
    }
    var found = new ArrayList<LogEvent>();
    for (var number = sequence; number < next && found.size() < limit; number++) {
      found.add(at(number));
    }
    return found;
  }

  @Override
  public void changed(Bytes key, Change<Payload> change, long operation) {
    synchronized (this) {
      add(event(key, change, operation));
    }
    told.run();
  }

  @Override
  public void cleared(long operation) {
    synchronized (this) {
      add(new LogEvent(next, LogEvent.Type.CLEARED, null, 0, null, operation, null, null, false));
    }
    told.run();
  }

  /** An entry of this version expires earlier than it would have. */
  void shortened(Bytes key, long version, long operation) {
    synchronized (this) {
      var type = LogEvent.Type.SHORTENED;
      add(new LogEvent(next, type, key, version, null, operation, null, null, false));
    }
    told.run();
  }

  private LogEvent event(Bytes key, Change<Payload> change, long operation) {
    var after = valuesFrom <= next ? change.after() : null;
    var before = oldFrom <= next ? change.before() : null;
    var omitted = large(after) || large(before);
    return new LogEvent(
        next,
        LogEvent.Type.of(change),
        key,
        change.version(),
        change.cause(),
        operation,
        large(after) ? null : after,
        large(before) ? null : before,
        omitted);
  }

  private static boolean large(@Nullable Payload value) {
    return value != null && value.array().length > LARGEST;
  }

  private void add(LogEvent event) {
    if (next - first == ring.length) {
      drop();
    }
    ring[place(next++)] = event;
    bytes += weight(event);
    while (bytes > mostBytes) {
      drop();
    }
  }

  private void drop() {
    bytes -= weight(at(first));
    ring[place(first++)] = null;
  }

  private int place(long number) {
    return (int) (number % ring.length);
  }

  private LogEvent at(long number) {
    return Checks.notNull(ring[place(number)], "an event that is kept");
  }

  private static long weight(LogEvent event) {
    var key = event.key();
    return EVENT
        + (key == null ? 0 : key.array().length)
        + length(event.after())
        + length(event.before());
  }

  private static long length(@Nullable Payload value) {
    return value == null ? 0 : value.array().length;
  }
}
