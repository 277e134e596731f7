package dev.larder.server.http.v1;

import dev.larder.server.core.Database;
import dev.larder.server.core.Limits;
import dev.larder.server.core.Operation;
import dev.larder.server.http.Exchange;
import dev.larder.server.http.Route;
import dev.larder.server.http.v1.Waiter.Changer;
import dev.larder.spi.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Many operations in one request. */
final class BatchRoutes {
  /** More operations than this are not done on an event loop. */
  private static final int LONG = 1_000;

  /** A long batch lets transactions in after so many operations. */
  private static final int TURN = 64;

  private static final int ROOM = 64;

  private final Desks desks;
  private final Limits limits;

  BatchRoutes(Desks desks, Limits limits) {
    this.desks = desks;
    this.limits = limits;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/v1/caches/{cache}/batch", "batch", this::batch).on(this::database));
  }

  private Database database(Exchange exchange) {
    return desks.database(exchange);
  }

  /** One batch on its way. */
  private record Batch(
      Exchange exchange, Desk desk, List<Op> ops, Formats answer, long operation, long patience) {}

  private void batch(Exchange exchange) {
    var desk = desks.of(exchange.database());
    var format = Formats.ofBody(exchange);
    var batch =
        new Batch(
            exchange,
            desk,
            BatchReader.read(format, exchange.body(), limits, desk.database().contents()),
            Formats.ofAnswer(exchange, format),
            Params.operation(exchange),
            Params.time(exchange, "wait", Duration.ZERO, EntryRoutes.LONGEST_WAIT));
    if (batch.ops.size() > LONG && !desk.database().waits()) {
      desks.work().execute(() -> inTurns(batch));
      return;
    }
    var answers = new ArrayList<Answer>(batch.ops.size());
    Operation.run(batch.operation, () -> some(batch, answers, batch.ops.size(), 0));
    done(batch, answers);
  }

  private void inTurns(Batch batch) {
    try {
      var answers = new ArrayList<Answer>(batch.ops.size());
      var gate = batch.desk.database().gate();
      var size = 0L;
      while (answers.size() < batch.ops.size()) {
        var turn = Math.min(batch.ops.size(), answers.size() + TURN);
        var before = size;
        var after = new long[1];
        var stamp = gate.enter();
        try {
          Operation.run(batch.operation, () -> after[0] = some(batch, answers, turn, before));
        } finally {
          gate.leave(stamp);
        }
        size = after[0];
      }
      done(batch, answers);
    } catch (RuntimeException | Error e) {
      batch.exchange.fail(e);
    }
  }

  /**
   * Does operations up to one, inside the gate.
   *
   * @param size of the answer so far
   * @return its size then
   */
  private long some(Batch batch, List<Answer> answers, int upTo, long size) {
    var sum = size;
    for (var i = answers.size(); i < upTo; i++) {
      var answer = sum > limits.outputBytes() ? Answer.NO_ROOM : batch.desk.run(batch.ops.get(i));
      sum += answer.size();
      answers.add(answer);
    }
    return sum;
  }

  private void done(Batch batch, List<Answer> answers) {
    var leased = leased(batch, answers);
    if (leased.isEmpty()) {
      answer(batch, answers);
      return;
    }
    var left = new AtomicInteger(leased.size());
    var turns = leased.stream().map(index -> new Turn(batch, answers, index, left)).toList();
    batch.exchange.whenGone(() -> turns.forEach(Turn::leave));
    turns.forEach(Turn::enter);
  }

  private static List<Integer> leased(Batch batch, List<Answer> answers) {
    var leased = new ArrayList<Integer>();
    for (var i = 0; batch.patience > 0 && i < answers.size(); i++) {
      if (answers.get(i).status() == Answer.LEASED) {
        leased.add(i);
      }
    }
    return leased;
  }

  private void answer(Batch batch, List<Answer> answers) {
    var size = ROOM;
    for (var answer : answers) {
      size = (int) Math.min(Integer.MAX_VALUE / 2, size + answer.size());
    }
    var now = batch.desk.database().clock().now();
    batch.exchange.answer(
        200, batch.answer.type(), BatchWriter.body(batch.answer, answers, now, size));
  }

  /** One operation that waits for a lease to end. */
  private final class Turn extends Changer {
    private final Batch batch;
    private final List<Answer> answers;
    private final int index;
    private final AtomicInteger left;

    Turn(Batch batch, List<Answer> answers, int index, AtomicInteger left) {
      this.batch = batch;
      this.answers = answers;
      this.index = index;
      this.left = left;
    }

    private Bytes key() {
      return batch.ops.get(index).key();
    }

    private void enter() {
      try {
        batch.desk.leases().enter(key(), batch.patience, this);
      } catch (RuntimeException e) {
        refused(e);
      }
    }

    private void leave() {
      batch.desk.leases().withdraw(key(), this);
    }

    @Override
    void change() {
      try {
        Operation.run(batch.operation, this::changeNow);
      } catch (RuntimeException | Error e) {
        batch.exchange.fail(e);
        return;
      }
      oneLess();
    }

    private void changeNow() {
      var answer = batch.desk.runNow(batch.ops.get(index));
      synchronized (answers) {
        answers.set(index, answer);
      }
    }

    @Override
    void refused(RuntimeException why) {
      oneLess();
    }

    private void oneLess() {
      if (left.decrementAndGet() > 0) {
        return;
      }
      try {
        synchronized (answers) {
          answer(batch, answers);
        }
      } catch (RuntimeException e) {
        batch.exchange.fail(e);
      }
    }
  }
}
