package dev.larder.remote;

import dev.larder.StoreException;
import dev.larder.remote.RemoteOptions.Room;
import dev.larder.remote.Ticket.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The operations on one cache that wait for a request, and how many requests are under way. Its
 * lock is held for a few steps only and nothing is called under it. Tickets that were given up stay
 * until they are passed over.
 */
final class TicketQueue {
  /** Operations in one request: a server does up to 1,000 without handing them to a thread. */
  static final int MOST_TOGETHER = 512;

  /** Bytes in one request, unless one operation alone is longer. */
  static final int MOST_BYTES = 1 << 20;

  /** No timer is to be set. */
  static final long NO_TIMER = Long.MIN_VALUE;

  /**
   * Requests that are back within this time are so cheap that further connections cost more than
   * they bring: what comes meanwhile shares the next request. For each such time that a request
   * takes there is a place more.
   */
  static final long SWIFT = TimeUnit.MICROSECONDS.toNanos(300);

  private final int most;
  private final Room room;
  private int places;
  private long usual = Long.MAX_VALUE / 2;
  private final ArrayDeque<Ticket> waiting = new ArrayDeque<>();
  private final ArrayDeque<Ticket> later = new ArrayDeque<>();
  private int taken;
  private long bytes;
  private boolean armed;

  /**
   * @param most requests at the same time
   * @param room what may wait for them
   */
  TicketQueue(int most, Room room) {
    this.most = most;
    this.room = room;
    this.places = most;
  }

  /**
   * A request was answered after a time. What counts is how long one takes when nothing holds it
   * up: the least of them, which is let rise slowly.
   */
  synchronized void answered(long nanos) {
    usual = Math.min(Math.max(1, nanos), usual + (usual >> 6) + 1);
    places = (int) Math.min(most, 1 + usual / SWIFT);
  }

  /**
   * An operation of a caller that waits. The first in the queue is told to watch it.
   *
   * @return what it is to carry at once, itself included, with a place taken for it; null when it
   *     was queued
   * @throws StoreException when the queue is full
   */
  synchronized @Nullable List<Ticket> enter(Ticket ticket) {
    if (taken < places) {
      taken++;
      return take(ticket);
    }
    if (waiting.isEmpty()) {
      ticket.setWatching();
    }
    queue(waiting, ticket);
    return null;
  }

  /**
   * An operation that watched the queue long enough.
   *
   * @return what it is to carry at once, itself included, with another place taken for it, though
   *     answers come quickly in general; null when it is in other hands already, or no more is
   *     allowed
   */
  synchronized @Nullable List<Ticket> insist(Ticket ticket) {
    if (taken >= most || ticket.state() != State.QUEUED) {
      return null;
    }
    taken++;
    return take(ticket);
  }

  /**
   * An operation of a caller that does not wait.
   *
   * @return whether a place was taken, for the executor to carry it
   * @throws StoreException when the queue is full
   */
  synchronized boolean add(Ticket ticket) {
    queue(later, ticket);
    return placeTaken();
  }

  /**
   * As {@link #insist}, for one of a caller that does not wait.
   *
   * @return whether another place was taken, for the executor to carry it
   */
  synchronized boolean insistLater(Ticket ticket) {
    if (taken >= most || ticket.state() != State.QUEUED) {
      return false;
    }
    taken++;
    return true;
  }

  /** Whether nobody is queued before this one, so that it is the one to be watched. */
  synchronized boolean first(Ticket ticket) {
    return waiting.isEmpty() && later.peekFirst() == ticket;
  }

  /** Operations that are to be sent again; as {@link #add}. */
  synchronized boolean again(List<Ticket> tickets) {
    for (var i = tickets.size() - 1; i >= 0; i--) {
      var ticket = tickets.get(i);
      bytes += ticket.op().size();
      (ticket.hasWaiter() ? waiting : later).addFirst(ticket);
    }
    return placeTaken();
  }

  private boolean placeTaken() {
    if (taken < places) {
      taken++;
      return true;
    }
    return false;
  }

  private void queue(ArrayDeque<Ticket> end, Ticket ticket) {
    if (full()) {
      purge(waiting);
      purge(later);
    }
    if (full()) {
      throw refusal();
    }
    bytes += ticket.op().size();
    end.addLast(ticket);
  }

  private int queued() {
    return waiting.size() + later.size();
  }

  private boolean full() {
    return queued() >= room.operations() || bytes > room.bytes();
  }

  private StoreException refusal() {
    var limit =
        queued() >= room.operations()
            ? RemoteOptions.MAX_QUEUED + " is " + room.operations()
            : RemoteOptions.MAX_QUEUED_BYTES + " is " + room.bytes();
    return new StoreException(
        queued()
            + " operations with "
            + bytes
            + " bytes wait for the server already, and "
            + limit
            + "; this one was not sent."
            + " The server, or the way to it, is slower than what is asked of it");
  }

  private void purge(ArrayDeque<Ticket> end) {
    end.removeIf(
        ticket -> {
          var gone = ticket.state() == State.DONE;
          bytes -= gone ? ticket.op().size() : 0;
          return gone;
        });
  }

  /** What a place is to carry now; the ticket of who carries it, if any, is among it. */
  synchronized List<Ticket> drain(@Nullable Ticket own) {
    return take(own);
  }

  private List<Ticket> take(@Nullable Ticket own) {
    var together = new Together(own, queued());
    // Half of the room at most for those who do not wait, while others do: nobody starves.
    together.fill(later, waiting.isEmpty() ? MOST_TOGETHER : MOST_TOGETHER / 2);
    together.fill(waiting, MOST_TOGETHER);
    together.fill(later, MOST_TOGETHER);
    return together.tickets;
  }

  /** A batch in the making. */
  private final class Together {
    private final List<Ticket> tickets;
    private boolean closed;
    private int room = MOST_BYTES;

    Together(@Nullable Ticket own, int queued) {
      tickets = new ArrayList<>(Math.min(queued + 1, MOST_TOGETHER));
      if (own != null
          && (own.move(State.QUEUED, State.SENT) || own.move(State.LEADING, State.SENT))) {
        add(own);
      }
    }

    void fill(ArrayDeque<Ticket> end, int most) {
      while (!closed && tickets.size() < most && !end.isEmpty()) {
        var next = end.getFirst();
        if (next.state() == State.QUEUED && !fits(next)) {
          return;
        }
        end.removeFirst();
        bytes -= next.op().size();
        if (next.move(State.QUEUED, State.SENT)) {
          add(next);
        }
      }
    }

    private boolean fits(Ticket next) {
      return tickets.isEmpty() || (next.op().size() <= room && !next.alone());
    }

    private void add(Ticket ticket) {
      tickets.add(ticket);
      room -= ticket.op().size();
      closed = ticket.alone();
    }
  }

  /**
   * A place is not needed any more by who has it.
   *
   * @return who has it from now on: a ticket whose caller is to be woken; one of nobody who waits
   *     for the executor, which finds it in the queue; null when the place is free again
   */
  synchronized @Nullable Ticket handOn() {
    // Also with more places than answers make worth while: the others may hang.
    for (var next = waiting.pollLast(); next != null; next = waiting.pollLast()) {
      bytes -= next.op().size();
      if (next.move(State.QUEUED, State.LEADING)) {
        return next;
      }
    }
    while (!later.isEmpty()) {
      if (later.getFirst().state() == State.QUEUED) {
        return later.getFirst();
      }
      bytes -= later.removeFirst().op().size();
    }
    taken--;
    return null;
  }

  /** Takes out those that nobody waits for, as the executor carries none. */
  synchronized List<Ticket> withdraw() {
    var left = new ArrayList<Ticket>(later.size());
    for (var next = later.pollFirst(); next != null; next = later.pollFirst()) {
      bytes -= next.op().size();
      if (next.move(State.QUEUED, State.SENT)) {
        left.add(next);
      }
    }
    return left;
  }

  /**
   * When the first of those that nobody waits for has no time left, unless a timer was set for that
   * already: {@link #NO_TIMER} then, and while there is none.
   */
  synchronized long arm() {
    if (armed || later.isEmpty()) {
      return NO_TIMER;
    }
    armed = true;
    return later.getFirst().deadline();
  }

  /** Takes out those whose time is up, now that the timer has come. */
  synchronized List<Ticket> overdue(long now) {
    armed = false;
    var overdue = new ArrayList<Ticket>();
    later.removeIf(
        ticket -> {
          var gone = ticket.deadline() - now <= 0;
          bytes -= gone ? ticket.op().size() : 0;
          if (gone && ticket.move(State.QUEUED, State.SENT)) {
            overdue.add(ticket);
          }
          return gone;
        });
    return overdue;
  }
}
