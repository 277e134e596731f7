package dev.larder.remote;

import dev.larder.CacheClosedException;
import dev.larder.CacheSpec;
import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import dev.larder.spi.WaitingStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * What is asked of a server for one cache, and what becomes of the rare answers: a cache that the
 * server does not know any more is opened anew, a leased key is waited for, what did not fit into
 * an answer is asked again. What fails fails as the store says it does.
 */
final class Requests {
  /** So long a server is asked to wait for a leased key at a time. */
  static final Duration WAIT = Duration.ofSeconds(5);

  /** So often, which makes longer than any lease lasts: 5 minutes. */
  static final int WAITS = 66;

  private final String cache;
  private final Paths paths;
  private final Link link;
  private final Link.Folder folder;
  private final Ask opening;
  private volatile boolean closed;

  Requests(CacheSpec<?, ?> spec, Link link) {
    this.cache = spec.name();
    this.paths = new Paths(spec.name());
    this.link = link;
    this.folder = link.folder(paths.name(), this::open);
    this.opening = Opening.ask(spec, paths);
  }

  Paths paths() {
    return paths;
  }

  /** Creates the cache at the server, or attaches to it. */
  void open() {
    checked(link.sendAndWait(opening));
  }

  private void open(long deadline) {
    checked(link.sendAndWait(opening, deadline));
  }

  /** Does an operation; gives an answer that is no failure. */
  CompletionStage<Answer> ask(EntryOp op) {
    return orClosed(folder.ask(op).thenCompose(answer -> rest(op, answer)));
  }

  /** As {@link #ask}; the calling thread does the work. */
  Answer askAndWait(EntryOp op) {
    try {
      var answer = folder.askAndWait(op);
      return rare(answer) ? WaitingStore.join(rest(op, answer)) : answer;
    } catch (StoreException e) {
      throw orClosed(e);
    }
  }

  /** Does many; a stage for each, in order. */
  List<CompletionStage<Answer>> askAll(List<EntryOp> ops) {
    var stages = folder.askAll(ops);
    var settled = new ArrayList<CompletionStage<Answer>>(ops.size());
    for (int at = 0; at < ops.size(); at++) {
      var op = ops.get(at);
      settled.add(orClosed(stages.get(at).thenCompose(answer -> rest(op, answer))));
    }
    return settled;
  }

  /** Tells the server something whose answer nobody waits for. */
  CompletableFuture<Answer> tell(EntryOp op) {
    return folder.ask(op);
  }

  /** Sends a request; gives an answer of success. */
  CompletionStage<Reply> send(Ask ask) {
    return send(ask, 0);
  }

  /** Sends a request; gives an answer of success, or of one other status. */
  CompletionStage<Reply> send(Ask ask, int allowed) {
    return orClosed(sent(ask, allowed, true));
  }

  private CompletionStage<Reply> sent(Ask ask, int allowed, boolean reopens) {
    return link.send(ask)
        .thenCompose(
            reply -> {
              if (reply.status() == allowed || Refusals.success(reply)) {
                return CompletableFuture.completedFuture(reply);
              }
              var refused = Refusals.of(reply);
              return reopens && !closed && refused.noCache()
                  ? reopened().thenCompose(open -> sent(ask, allowed, false))
                  : CompletableFuture.failedFuture(told(refused));
            });
  }

  /** As {@link #send}, without opening the cache anew. */
  CompletionStage<Reply> sendOnce(Ask ask) {
    return link.send(ask);
  }

  /** A refusal as what the store throws. */
  RuntimeException told(RefusedException refused) {
    return Refusals.told(cache, refused);
  }

  /** Nothing was done then; the server was started anew, or the cache destroyed by somebody. */
  private CompletionStage<Reply> reopened() {
    return link.send(opening).thenApply(this::checked);
  }

  private Reply checked(Reply reply) {
    if (Refusals.success(reply)) {
      return reply;
    }
    throw told(Refusals.of(reply));
  }

  /** From now on what fails does so because nobody wants it any more. */
  void close() {
    closed = true;
  }

  private <T> CompletionStage<T> orClosed(CompletionStage<T> stage) {
    return stage.exceptionallyCompose(
        failure -> CompletableFuture.failedFuture(orClosed(cause(failure))));
  }

  private Throwable orClosed(Throwable failure) {
    return failure instanceof StoreException store ? orClosed(store) : failure;
  }

  private RuntimeException orClosed(StoreException failure) {
    if (!closed) {
      return failure;
    }
    var told = new CacheClosedException("cache '" + cache + "' is closed");
    told.addSuppressed(failure);
    return told;
  }

  private static boolean rare(Answer answer) {
    return answer.status() == Answer.LEASED
        || answer.status() == Answer.FULL
        || answer.status() >= Answer.FAILED;
  }

  private CompletionStage<Answer> rest(EntryOp op, Answer answer) {
    if (!rare(answer)) {
      return CompletableFuture.completedFuture(answer);
    }
    if (answer.status() >= Answer.FAILED) {
      return CompletableFuture.failedFuture(failure(answer));
    }
    return alone(op, WAITS);
  }

  private StoreException failure(Answer answer) {
    var message = "cache '" + cache + "': the server failed: " + answer.error();
    return answer.unknown() ? new OutcomeUnknownException(message) : new StoreException(message);
  }

  /** In a request of its own, so that its wait for a leased key keeps nobody else waiting. */
  private CompletionStage<Answer> alone(EntryOp op, int attempts) {
    if (attempts == 0) {
      return CompletableFuture.failedFuture(
          new StoreException(
              "cache '" + cache + "': the key stayed leased for too long; nothing was changed"));
    }
    var body = new Bytes(Batches.encode(List.of(op)));
    var path = paths.of("batch?wait=" + WAIT.toMillis() + "ms");
    var ask = new Ask("POST", path, body, Ask.CBOR, op.repeatable(), WAIT);
    return send(ask)
        .thenCompose(
            reply -> {
              var answer = only(op, reply);
              return answer.status() == Answer.LEASED || answer.status() == Answer.FULL
                  ? alone(op, attempts - 1)
                  : rest(op, answer);
            });
  }

  private static Answer only(EntryOp op, Reply reply) {
    try {
      return Batches.decode(reply.body().array(), 1, reply.sentAt()).get(0);
    } catch (StoreException e) {
      // The server says that it did it, and nobody knows what.
      throw op.repeatable()
          ? e
          : new OutcomeUnknownException(e.getMessage() + "; the change may have been made", e);
    }
  }

  static Throwable cause(Throwable failure) {
    var cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
