package dev.larder.testkit.far;

import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import dev.larder.spi.StoreEvents;
import java.lang.System.Logger.Level;
import java.util.TreeMap;

/**
 * The client's half of its event stream: whatever way frames arrive, the receiver gets each event
 * once and in order, and is told of those that are lost. Used on one thread.
 */
final class EventStream {
  /** So many events may wait for a missing one before it counts as lost without a heartbeat. */
  static final int PATIENCE = 1_024;

  private static final System.Logger LOG = System.getLogger(EventStream.class.getName());
  private final StoreEvents<Bytes, Payload> receiver;
  private final TreeMap<Long, Frame.Event> early = new TreeMap<>();
  private long next = 1;

  EventStream(StoreEvents<Bytes, Payload> receiver) {
    this.receiver = receiver;
  }

  void accept(Frame frame) {
    if (frame instanceof Frame.Through through) {
      skipTo(through.sequence() + 1);
    } else if (frame instanceof Frame.Event event && event.sequence() >= next) {
      early.put(event.sequence(), event);
      deliver();
    }
    if (early.size() > PATIENCE) {
      skipTo(early.firstKey());
    }
  }

  private void deliver() {
    for (var event = early.remove(next); event != null; event = early.remove(next)) {
      next++;
      tell(event);
    }
  }

  private void skipTo(long end) {
    deliver();
    while (next < end) {
      var first = next;
      var follower = early.isEmpty() ? end : early.firstKey();
      next = Math.min(end, follower);
      receiver.gap(first, next);
      deliver();
    }
  }

  private void tell(Frame.Event event) {
    try {
      receiver.changed(event.key(), event.change(), event.sequence());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a receiver of store events threw; the stream goes on", e);
    }
  }
}
