package dev.larder.testkit.far;

import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The owner's half of a client's event stream, which is where faults are let in. Lives on the
 * owner's thread.
 */
final class EventLink {
  private record News(Bytes key, Change<Payload> change) {}

  private final FarStore client;
  private final FarFaults faults;
  private final List<News> outbox = new ArrayList<>();
  private final List<Frame.Event> later = new ArrayList<>();
  private final TreeSet<Long> underWay = new TreeSet<>();
  private long sequence;
  private long announced;
  private boolean lost;

  EventLink(FarStore client, FarFaults faults) {
    this.client = client;
    this.faults = faults;
  }

  /** Takes note of a change for the end of the request. */
  void send(Bytes key, Change<Payload> change) {
    if (client.wantsEvents()) {
      outbox.add(new News(key, change));
    }
  }

  /** Drops what the request reported, since it did not happen. */
  void forget() {
    outbox.clear();
  }

  /**
   * Sends what the request reported. Reordered events wait for the next request, or until there is
   * none.
   */
  void flush(boolean last) {
    for (var news : outbox) {
      dispatch(new Frame.Event(++sequence, news.key, news.change));
    }
    outbox.clear();
    if (last) {
      later.forEach(event -> arrived(event));
      later.clear();
    }
    heartbeat();
  }

  private void dispatch(Frame.Event event) {
    if (faults.drops()) {
      lost = true;
      return;
    }
    underWay.add(event.sequence());
    var delay = faults.delaysEvent();
    if (delay > 0) {
      var unused = client.later(delay, () -> late(event));
    } else if (faults.reorders()) {
      later.add(0, event);
    } else {
      arrived(event);
    }
  }

  private void late(Frame.Event event) {
    arrived(event);
    heartbeat();
  }

  private void arrived(Frame.Event event) {
    underWay.remove(event.sequence());
    client.deliver(event);
    if (faults.repeats()) {
      client.deliver(event);
    }
  }

  private void heartbeat() {
    var through = underWay.isEmpty() ? sequence : underWay.first() - 1;
    if (lost && through > announced) {
      announced = through;
      lost = through < sequence;
      client.deliver(new Frame.Through(through));
    }
  }
}
