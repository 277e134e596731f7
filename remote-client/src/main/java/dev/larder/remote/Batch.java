package dev.larder.remote;

import dev.larder.StoreException;
import dev.larder.remote.Failure.Kind;
import dev.larder.spi.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The route for many operations on one cache. */
final class Batch {
  static final int FULL = 413;
  static final int LEASED = 423;
  private static final int NO_CACHE = 404;

  /** What a server takes at most. */
  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(60);

  private final SharedLink link;
  private final String path;
  private final Where where;
  private final Link.Creation unknown;

  /**
   * @param unknown creates the cache, for when a server does not know it
   */
  Batch(SharedLink link, String cache, Link.Creation unknown) {
    this.link = link;
    this.path = "/v1/caches/" + encoded(cache) + "/batch";
    this.where = link.where(path);
    this.unknown = unknown;
  }

  private static String encoded(String name) {
    return java.net.URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  SharedLink link() {
    return link;
  }

  /** Sends once, on this thread; once more where the server had to be told of the cache. */
  Reply send(List<? extends Op> ops, long deadline) throws Failure {
    var ask = ask(path, ops, Duration.ZERO);
    var reply = link.attempt(where, ask, deadline);
    if (unknown(reply)) {
      create(deadline);
      reply = link.attempt(where, ask, deadline);
    }
    return reply;
  }

  /** In what is left of the time of those who asked. */
  private void create(long deadline) throws Failure {
    try {
      unknown.create(deadline);
    } catch (RuntimeException e) {
      throw new Failure(
          Kind.STRANGE,
          false,
          link.place()
              + ": it does not know the cache, and it cannot be created: "
              + e.getMessage(),
          e);
    }
  }

  private static boolean unknown(Reply reply) {
    return reply.status() == NO_CACHE && Problem.of(reply).word().equals("no-cache");
  }

  private static Ask ask(String path, List<? extends Op> ops, Duration wait) {
    var repeatable = true;
    for (var op : ops) {
      repeatable &= op.repeatable();
    }
    return new Ask("POST", path, new Bytes(Batches.encode(ops)), Ask.CBOR, repeatable, wait);
  }

  /** Whether the server did nothing because of something in the request. */
  static boolean refused(Reply reply) {
    return reply.status() >= 400 && reply.status() < 500 && !unknown(reply);
  }

  /**
   * The answers in a reply.
   *
   * @throws Failure when it has none
   */
  List<Answer> answers(Reply reply, int wanted) throws Failure {
    if (reply.status() != 200) {
      var problem = Problem.of(reply);
      throw new Failure(
          Kind.STRANGE,
          problem.word().isEmpty(),
          link.place()
              + ": it refused with "
              + reply.status()
              + " "
              + problem.word()
              + ": "
              + problem.detail(),
          null);
    }
    if (!reply.headers().getOrDefault("content-type", "").startsWith(Ask.CBOR)) {
      throw new Failure(
          Kind.STRANGE,
          true,
          link.place() + ": the answer is not CBOR; is that a Larder server?",
          null);
    }
    try {
      return Batches.decode(reply.body().array(), wanted, reply.sentAt());
    } catch (StoreException e) {
      throw new Failure(Kind.STRANGE, true, link.place() + ": " + e.getMessage(), e.getCause());
    }
  }

  /** Does one whose key is leased, in a request of its own, waiting for the lease to end. */
  Answer patiently(Op op, long deadline) {
    var reply = link.sendAndWait(waiting(List.of(op), deadline), deadline);
    try {
      return answers(reply, 1).get(0);
    } catch (Failure e) {
      throw e.told(op.repeatable());
    }
  }

  /** As {@link #patiently}, later. */
  CompletableFuture<Answer> patientlyLater(Op op, long deadline) {
    var future = new CompletableFuture<Answer>();
    var unused =
        ask(waiting(List.of(op), deadline), 1, deadline)
            .whenComplete(
                (answers, thrown) -> {
                  if (thrown == null) {
                    future.complete(answers.get(0));
                  } else {
                    future.completeExceptionally(
                        SharedLink.told(SharedLink.cause(thrown), op.repeatable()));
                  }
                });
    return future;
  }

  /**
   * Sends a request, as often as may be; fails with a {@link Failure}, to be told to each of the
   * operations in its own way.
   */
  CompletableFuture<List<Answer>> ask(Ask ask, int wanted, long deadline) {
    return link.attempts(where(ask), ask, deadline)
        .thenCompose(reply -> known(ask, reply, deadline))
        .thenCompose(
            reply -> {
              try {
                return CompletableFuture.completedFuture(answers(reply, wanted));
              } catch (Failure e) {
                return CompletableFuture.failedFuture(e);
              }
            });
  }

  private Where where(Ask ask) {
    return ask.path().equals(path) ? where : link.where(ask.path());
  }

  private CompletableFuture<Reply> known(Ask ask, Reply reply, long deadline) {
    if (!unknown(reply)) {
      return CompletableFuture.completedFuture(reply);
    }
    try {
      create(deadline);
    } catch (Failure e) {
      return CompletableFuture.failedFuture(e);
    }
    return link.attempts(where(ask), ask, deadline);
  }

  /** A request for operations of which some keys are leased. */
  Ask waiting(List<? extends Op> ops, long deadline) {
    var left = Math.min(Math.max(0, deadline - link.now()), LONGEST_WAIT);
    // A little less than there is: the answer has to come back.
    var millis = TimeUnit.NANOSECONDS.toMillis(left - left / 16);
    return ask(path + "?wait=" + millis + "ms", ops, Duration.ZERO);
  }

  /** A request for operations. */
  Ask plain(List<? extends Op> ops) {
    return ask(path, ops, Duration.ZERO);
  }
}
