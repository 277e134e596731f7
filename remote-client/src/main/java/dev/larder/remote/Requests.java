package dev.larder.remote;

import dev.larder.CacheSpec;
import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import dev.larder.spi.WaitingStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  private final AtomicReference<@Nullable CompletableFuture<Reply>> reopening =
      new AtomicReference<>();

  Requests(CacheSpec<?, ?> spec, Link link) {
    this.cache = spec.name();
    this.paths = new Paths(spec.name());
    this.link = link;
    this.folder = link.folder(paths.name());
    this.opening = Opening.ask(spec, paths);
  }

  Paths paths() {
    return paths;
  }

  /** Creates the cache at the server, or attaches to it. */
  void open() {
    try {
      Refusals.checked(link.sendAndWait(opening));
    } catch (RefusedException e) {
      throw Refusals.told(cache, e);
    }
  }

  /** Does an operation; gives an answer that is no failure. */
  CompletionStage<Answer> ask(EntryOp op) {
    return settled(folder.ask(op), () -> folder.ask(op), answer -> rest(op, answer));
  }

  /** As {@link #ask}; the calling thread does the work. */
  Answer askAndWait(EntryOp op) {
    Answer answer;
    try {
      answer = folder.askAndWait(op);
    } catch (RefusedException e) {
      var failed = CompletableFuture.<Answer>failedFuture(e);
      return WaitingStore.join(settled(failed, () -> folder.ask(op), late -> rest(op, late)));
    }
    return rare(answer) ? WaitingStore.join(rest(op, answer)) : answer;
  }

  /** Does many; a stage for each, in order. */
  List<CompletionStage<Answer>> askAll(List<EntryOp> ops) {
    var stages = folder.askAll(ops);
    var settled = new java.util.ArrayList<CompletionStage<Answer>>(ops.size());
    for (int at = 0; at < ops.size(); at++) {
      var op = ops.get(at);
      settled.add(settled(stages.get(at), () -> folder.ask(op), answer -> rest(op, answer)));
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
    Supplier<CompletionStage<Reply>> again =
        () ->
            link.send(ask)
                .thenApply(reply -> reply.status() == allowed ? reply : Refusals.checked(reply));
    return settled(again.get(), again, CompletableFuture::completedFuture);
  }

  /** As {@link #send}, without opening the cache anew. */
  CompletionStage<Reply> sendOnce(Ask ask) {
    return link.send(ask);
  }

  /** A refusal as what the store throws. */
  RuntimeException told(RefusedException refused) {
    return Refusals.told(cache, refused);
  }

  /**
   * The first result; if the server knew no such cache, and so did nothing, that of asking again
   * once it does.
   */
  private <A, T> CompletionStage<T> settled(
      CompletionStage<A> first,
      Supplier<? extends CompletionStage<A>> again,
      Function<A, CompletionStage<T>> rest) {
    return first
        .<CompletionStage<T>>handle(
            (answer, failure) -> {
              if (failure == null) {
                return rest.apply(answer);
              }
              if (!(cause(failure) instanceof RefusedException refused)) {
                return CompletableFuture.failedFuture(cause(failure));
              }
              if (!refused.noCache()) {
                return CompletableFuture.failedFuture(told(refused));
              }
              return reopened()
                  .thenCompose(open -> again.get())
                  .thenCompose(rest)
                  .exceptionallyCompose(this::failed);
            })
        .thenCompose(Function.identity());
  }

  private <T> CompletionStage<T> failed(Throwable failure) {
    return CompletableFuture.failedFuture(
        cause(failure) instanceof RefusedException refused ? told(refused) : cause(failure));
  }

  /** One request for all who find that the cache is gone. */
  private CompletionStage<Reply> reopened() {
    var mine = new CompletableFuture<Reply>();
    var theirs = reopening.compareAndExchange(null, mine);
    if (theirs != null) {
      return theirs;
    }
    var unused =
        link.send(opening)
            .thenApply(Refusals::checked)
            .whenComplete(
                (reply, failure) -> {
                  reopening.set(null);
                  if (failure == null) {
                    mine.complete(reply);
                  } else {
                    mine.completeExceptionally(failure);
                  }
                });
    return mine;
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
              var answer = Batches.decode(reply.body().array(), 1, reply.sentAt()).get(0);
              return answer.status() == Answer.LEASED || answer.status() == Answer.FULL
                  ? alone(op, attempts - 1)
                  : rest(op, answer);
            });
  }

  static Throwable cause(Throwable failure) {
    var cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
