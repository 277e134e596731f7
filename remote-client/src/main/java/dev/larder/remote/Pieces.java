package dev.larder.remote;

import dev.larder.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Many operations of one caller, in order: each request takes as many as fit, and the next one goes
 * when the answers are there. Each request has a whole timeout of its own, for there may be any
 * number of them. They are not folded with those of others, whom they would hold up.
 */
final class Pieces {
  /** Operations in one request. */
  static final int MOST_TOGETHER = 10_000;

  /** Bytes in one request, unless one operation alone is longer. */
  static final int MOST_BYTES = 4 << 20;

  private record Piece(Op op, CompletableFuture<Answer> future) {}

  private final Batch batch;
  private final long patience;
  private final ArrayDeque<Piece> left = new ArrayDeque<>();

  /**
   * @param patience how long a request may take, in nanoseconds
   */
  Pieces(Batch batch, List<? extends Op> ops, long patience) {
    this.batch = batch;
    this.patience = patience;
    for (var op : ops) {
      left.add(new Piece(op, new CompletableFuture<>()));
    }
  }

  /** An answer, or failure, for each. */
  List<CompletableFuture<Answer>> begin() {
    var futures = new ArrayList<CompletableFuture<Answer>>(left.size());
    left.forEach(piece -> futures.add(piece.future));
    next();
    return futures;
  }

  private void next() {
    var some = some();
    if (!some.isEmpty()) {
      var deadline = batch.link().now() + patience;
      send(some, batch.plain(ops(some)), deadline, true);
    }
  }

  private List<Piece> some() {
    var some = new ArrayList<Piece>();
    var room = MOST_BYTES;
    while (!left.isEmpty() && some.size() < MOST_TOGETHER) {
      room -= left.getFirst().op.size();
      if (room < 0 && !some.isEmpty()) {
        break;
      }
      some.add(left.removeFirst());
    }
    return some;
  }

  private static List<Op> ops(List<Piece> pieces) {
    return pieces.stream().map(Piece::op).toList();
  }

  private void send(List<Piece> pieces, Ask ask, long deadline, boolean first) {
    var unused =
        batch
            .ask(ask, pieces.size(), deadline)
            .whenComplete(
                (answers, thrown) -> {
                  if (thrown == null) {
                    answered(pieces, answers, deadline, first);
                  } else {
                    failed(pieces, thrown);
                  }
                });
  }

  private void answered(List<Piece> pieces, List<Answer> answers, long deadline, boolean first) {
    var leased = new ArrayList<Piece>();
    var full = new ArrayList<Piece>();
    for (var i = 0; i < pieces.size(); i++) {
      var status = answers.get(i).status();
      if (status == Batch.LEASED && first) {
        leased.add(pieces.get(i));
      } else if (status == Batch.FULL && pieces.size() > 1) {
        full.add(pieces.get(i));
      } else {
        pieces.get(i).future.complete(answers.get(i));
      }
    }
    if (full.size() == pieces.size()) {
      // No server does that: it would have answered the first. Asked again it would go on so.
      fail(full, new StoreException("the server answered none of " + full.size() + " operations"));
      full.clear();
    }
    for (var i = full.size() - 1; i >= 0; i--) {
      left.addFirst(full.get(i));
    }
    if (leased.isEmpty()) {
      next();
    } else {
      send(leased, batch.waiting(ops(leased), deadline), deadline, false);
    }
  }

  /** What was in the request fails as it went; what comes after it was not sent. */
  private void failed(List<Piece> pieces, Throwable thrown) {
    var cause = SharedLink.cause(thrown);
    fail(pieces, cause);
    for (var piece = left.pollFirst(); piece != null; piece = left.pollFirst()) {
      piece.future.completeExceptionally(
          new StoreException("a request before it failed; it was not sent", cause));
    }
  }

  private static void fail(List<Piece> pieces, Throwable cause) {
    for (var piece : pieces) {
      piece.future.completeExceptionally(SharedLink.told(cause, piece.op.repeatable()));
    }
  }
}
