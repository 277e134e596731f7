package dev.larder.remote;

import dev.larder.Clock;
import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import dev.larder.remote.Ticket.State;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/*
 * Folding. A request costs some 50 microseconds of work whatever is in it, an operation in it one or
 * two; so operations that come while requests are under way share the next one. Nobody waits for
 * company: while fewer requests are under way than the time of answers makes worth while (see
 * TicketQueue), a caller sends at once, on its own thread, with what happens to be queued. Otherwise
 * its operation is queued. Whoever has answers gives them out and then hands its place on: to one of
 * the callers that wait, the newest, whose time is up last, so that it is not held up beyond its own
 * time by those it carries; or, if none waits, to the executor. That caller has to be woken anyway,
 * for its own answer; so handing on costs no wake-up more than folding does. It comes last so that
 * those who were woken are queued again by then: batches are three times as large.
 *
 * A request may hang where others would not: so the first in the queue waits for LINGER only and
 * then sends what is queued beside it, as long as fewer than `remote.connections` are under way.
 *
 * Invariant, outside of the lock of the queue: while something is queued a place is taken, and who
 * has a place looks into the queue when it gives the place up. So nothing is forgotten.
 */
/** Folds the operations on one cache into batches. */
final class Folding implements Link.Folder {
  /** How long an operation waits for a request under way before it goes beside it. */
  static final long LINGER = TimeUnit.MILLISECONDS.toNanos(1);

  private final SharedLink link;
  private final Batch batch;
  private final Clock clock;
  private final Executor executor;
  private final long patience;
  private final TicketQueue queue;

  Folding(SharedLink link, Batch batch, RemoteOptions options) {
    this.link = link;
    this.batch = batch;
    this.clock = link.context().clock();
    this.executor = link.context().executor();
    this.patience = options.timeout().toNanos();
    this.queue = new TicketQueue(options.connections(), options.room());
  }

  @Override
  public Answer askAndWait(Op op) {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreException("the calling thread is interrupted; nothing was sent");
    }
    var ticket = Ticket.waiting(op, clock.ticks() + patience);
    var first = queue.enter(ticket);
    if (first != null) {
      carry(first, ticket);
    }
    var answer = await(ticket);
    return answer.status() == Batch.LEASED ? batch.patiently(op, ticket.deadline()) : answer;
  }

  @Override
  public CompletableFuture<Answer> ask(Op op) {
    var future = new CompletableFuture<Answer>();
    var ticket = Ticket.later(op, clock.ticks() + patience, future);
    try {
      if (queue.add(ticket)) {
        execute();
      } else if (queue.first(ticket)) {
        link.after(LINGER, () -> insistLater(ticket));
      }
    } catch (StoreException e) {
      future.completeExceptionally(e);
      return future;
    }
    watch();
    return future.thenCompose(
        answer ->
            answer.status() == Batch.LEASED
                ? batch.patientlyLater(op, ticket.deadline())
                : CompletableFuture.completedFuture(answer));
  }

  private void insistLater(Ticket ticket) {
    if (queue.insistLater(ticket)) {
      execute();
    }
  }

  @Override
  public List<CompletableFuture<Answer>> askAll(List<? extends Op> ops) {
    return new Pieces(batch, ops, patience).begin();
  }

  /** Waits, and carries a batch when it is this caller's turn. */
  private Answer await(Ticket ticket) {
    while (ticket.state() != State.DONE) {
      if (ticket.state() == State.LEADING) {
        lead(ticket);
        continue;
      }
      var left = ticket.deadline() - clock.ticks();
      if (left <= 0) {
        giveUp(ticket, late());
      } else if (Thread.currentThread().isInterrupted()) {
        giveUp(ticket, "interrupted while waiting for the server");
      } else if (ticket.watches()) {
        linger(ticket, Math.min(left, LINGER));
      } else {
        LockSupport.parkNanos(ticket, left);
      }
    }
    return ticket.result();
  }

  private void linger(Ticket ticket, long nanos) {
    var begin = clock.ticks();
    LockSupport.parkNanos(ticket, nanos);
    if (ticket.state() == State.QUEUED && clock.ticks() - begin < nanos) {
      // Woken for an answer that was there before it waited for it; that happens once.
      LockSupport.parkNanos(ticket, nanos);
    }
    var all = queue.insist(ticket);
    if (all != null) {
      carry(all, ticket);
    }
  }

  /** Ends the wait, unless the ticket got on meanwhile. */
  private void giveUp(Ticket ticket, String why) {
    if (ticket.move(State.QUEUED, State.DONE)) {
      throw unsent(ticket, why);
    }
    if (ticket.move(State.SENT, State.DONE)) {
      throw ticket.op().repeatable()
          ? new StoreException(link.place() + ": " + why)
          : new OutcomeUnknownException(
              link.place() + ": " + why + "; the change may have been made");
    }
  }

  private String late() {
    return "no answer within " + TimeUnit.NANOSECONDS.toMillis(patience) + " ms";
  }

  /** Of an operation that is queued: for the first time, or again after an attempt that failed. */
  private StoreException unsent(Ticket ticket, String why) {
    var before = ticket.failedBefore();
    return before == null
        ? new StoreException(link.place() + ": " + why + "; it was not sent")
        : new StoreException(
            link.place() + ": " + why + "; the last attempt: " + before.getMessage(), before);
  }

  private void lead(Ticket ticket) {
    if (Thread.currentThread().isInterrupted() || ticket.deadline() - clock.ticks() <= 0) {
      ticket.move(State.LEADING, State.QUEUED);
      handOn();
      return; // await sees the same and gives up
    }
    carry(queue.drain(ticket), ticket);
  }

  /** On the executor: carries what callers asked that do not wait. */
  private void carryLater() {
    var tickets = queue.drain(null);
    if (tickets.isEmpty()) {
      handOn();
    } else {
      carry(tickets, null);
    }
  }

  /**
   * Sends a batch, having a place, and gives the place up once all who waited are awake: what they
   * ask next goes together then. Handing on first made many small batches of few large ones.
   */
  private void carry(List<Ticket> tickets, @Nullable Ticket own) {
    if (own != null && changesOfOthers(tickets, own)) {
      try {
        executor.execute(() -> carryHere(tickets, null));
        return;
      } catch (RejectedExecutionException e) {
        // Then here, as what nobody interrupts nearly always goes well.
      }
    }
    carryHere(tickets, own);
  }

  /**
   * An interrupt of who carries breaks the request off. Reads are asked again then, but of what may
   * have been changed nobody would know any more; so changes of others go where nobody interrupts.
   */
  private static boolean changesOfOthers(List<Ticket> tickets, Ticket own) {
    for (var ticket : tickets) {
      if (ticket != own && !ticket.op().repeatable()) {
        return true;
      }
    }
    return false;
  }

  private void carryHere(List<Ticket> tickets, @Nullable Ticket own) {
    try {
      exchange(tickets, own == null ? latest(tickets) : own.deadline());
    } catch (Failure e) {
      failed(tickets, e, own);
    } catch (RuntimeException | Error e) {
      broken(tickets, e);
      throw e;
    } finally {
      handOn();
    }
    tell(tickets, own != null);
  }

  private void exchange(List<Ticket> tickets, long last) throws Failure {
    var begun = clock.ticks();
    var reply = batch.send(ops(tickets), last);
    queue.answered(clock.ticks() - begun);
    if (tickets.size() > 1 && Batch.refused(reply)) {
      oneByOne(tickets);
      return;
    }
    var answers = batch.answers(reply, tickets.size());
    for (var i = 0; i < answers.size(); i++) {
      succeed(tickets.get(i), answers.get(i), tickets.size());
    }
  }

  /** One of them is malformed, or they are too long together; nothing was done. */
  private void oneByOne(List<Ticket> tickets) {
    var again = new ArrayList<Ticket>(tickets.size());
    for (var ticket : tickets) {
      if (ticket.move(State.SENT, State.QUEUED)) {
        ticket.setAlone();
        again.add(ticket);
      }
    }
    again(again);
  }

  private void succeed(Ticket ticket, Answer answer, int together) {
    // The answer as a whole was full; alone it has more room.
    if (answer.status() == Batch.FULL && together > 1 && ticket.move(State.SENT, State.QUEUED)) {
      again(List.of(ticket));
    } else {
      ticket.succeed(answer);
    }
  }

  private static List<Op> ops(List<Ticket> tickets) {
    var ops = new ArrayList<Op>(tickets.size());
    for (var ticket : tickets) {
      ops.add(ticket.op());
    }
    return ops;
  }

  private static long latest(List<Ticket> tickets) {
    var latest = tickets.get(0).deadline();
    for (var ticket : tickets) {
      if (ticket.deadline() - latest > 0) {
        latest = ticket.deadline();
      }
    }
    return latest;
  }

  /** Those who may are sent again, after a pause; the others fail. */
  private void failed(List<Ticket> tickets, Failure thrown, @Nullable Ticket own) {
    var again = new ArrayList<Ticket>();
    var pause = 0L;
    for (var ticket : tickets) {
      var failure = ticket == own ? thrown : thrown.ofCarrier();
      var attempt = ticket.attempt();
      var wait = link.pause(failure, ticket.op().repeatable(), attempt, ticket.deadline());
      if (wait >= 0) {
        ticket.setFailedBefore(failure.told(ticket.op().repeatable()));
      }
      if (wait >= 0 && ticket.move(State.SENT, State.QUEUED)) {
        pause = Math.max(pause, wait);
        again.add(ticket);
      } else {
        ticket.fail(State.SENT, failure.told(ticket.op().repeatable()));
      }
    }
    if (!again.isEmpty()) {
      link.after(pause, () -> again(again));
    }
  }

  /** Nothing that a server or network does: a mistake of ours, told to everybody. */
  private void broken(List<Ticket> tickets, Throwable thrown) {
    var failure =
        new Failure(Failure.Kind.STRANGE, true, "carrying a batch failed: " + thrown, thrown);
    for (var ticket : tickets) {
      ticket.fail(State.SENT, failure.told(ticket.op().repeatable()));
    }
    tell(tickets, true);
  }

  private void again(List<Ticket> tickets) {
    if (queue.again(tickets)) {
      handOn();
    }
  }

  /** Gives a place up: to a caller that waits, to the executor, or to whoever comes next. */
  private void handOn() {
    var heir = queue.handOn();
    if (heir == null) {
      return;
    }
    if (heir.hasWaiter()) {
      heir.wake();
    } else {
      execute();
    }
  }

  private void execute() {
    try {
      executor.execute(this::carryLater);
    } catch (RejectedExecutionException e) {
      for (var ticket : queue.withdraw()) {
        ticket.fail(
            State.SENT, new StoreException("the executor takes no more work; it was not sent", e));
        ticket.tell();
      }
      handOn();
    }
  }

  /**
   * Futures have dependants, which are somebody else's code: not to be run by a caller that only
   * carried them, in the middle of its own work and perhaps under locks.
   */
  private void tell(List<Ticket> tickets, boolean onCaller) {
    var futures = new ArrayList<Ticket>();
    for (var ticket : tickets) {
      if (!ticket.hasWaiter() && ticket.state() == State.DONE) {
        futures.add(ticket);
      }
    }
    if (futures.isEmpty()) {
      return;
    }
    if (onCaller) {
      link.execute(() -> futures.forEach(Ticket::tell));
    } else {
      futures.forEach(Ticket::tell);
    }
  }

  /** Has a timer look after those that nobody waits for. */
  private void watch() {
    var next = queue.arm();
    if (next != TicketQueue.NO_TIMER) {
      link.after(Math.max(0, next - clock.ticks()), this::expire);
    }
  }

  private void expire() {
    for (var ticket : queue.overdue(clock.ticks())) {
      ticket.fail(State.SENT, unsent(ticket, late()));
      link.execute(ticket::tell);
    }
    watch();
  }
}
