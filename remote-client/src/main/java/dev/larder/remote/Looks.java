package dev.larder.remote;

import dev.larder.MissCause;
import dev.larder.remote.EntryOp.Way;
import dev.larder.spi.Bytes;
import dev.larder.spi.FlightEvents;
import dev.larder.spi.Look;
import dev.larder.spi.Payload;
import dev.larder.spi.Span.Outcome;
import dev.larder.spi.Stored;
import dev.larder.spi.Touch;
import dev.larder.spi.WaitingStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Looks at entries. One that announces a load may find that another client loads the entry already:
 * then it waits until that is over and looks again, so that of all processes that miss one loads.
 */
final class Looks {
  /** How long a load may take where the cache sets no timeout: others wait no longer for it. */
  static final Duration LONGEST_LOAD = Duration.ofSeconds(60);

  /** What servers take for a load at most. */
  private static final Duration MOST = Duration.ofMinutes(5);

  /** After so many loads of others that left no entry it loads itself, whoever else does. */
  static final int PATIENCE = 10;

  private final String cache;
  private final Requests requests;
  private final long load;

  /**
   * Of one cache.
   *
   * @param timeout how long a load may take, zero where nothing is said
   */
  Looks(String cache, Requests requests, Duration timeout) {
    this.cache = cache;
    this.requests = requests;
    // Half of it: who waits for one that is gone has the other half to load by itself.
    var half = timeout.isZero() ? LONGEST_LOAD : timeout.dividedBy(2);
    this.load = half.compareTo(MOST) > 0 ? MOST.toMillis() : Math.max(1, half.toMillis());
  }

  CompletionStage<Look<Payload>> find(Bytes key, Touch touch) {
    return requests.ask(op(key, touch)).thenCompose(answer -> looked(key, answer));
  }

  Look<Payload> findAndWait(Bytes key, Touch touch) {
    var answer = requests.askAndWait(op(key, touch));
    return loading(answer) ? WaitingStore.join(looked(key, answer)) : look(answer);
  }

  /** Announces loads, without waiting for those of others. */
  CompletionStage<Map<Bytes, Look<Payload>>> announceAll(List<Bytes> keys) {
    var ops = keys.stream().map(key -> op(key, Touch.FILL)).toList();
    CompletionStage<Map<Bytes, Look<Payload>>> all =
        CompletableFuture.completedFuture(new HashMap<>());
    var answers = requests.askAll(ops).iterator();
    for (var key : keys) {
      all =
          all.thenCombine(
              answers.next(),
              (looks, answer) -> {
                looks.put(key, look(answer));
                return looks;
              });
    }
    return all;
  }

  private EntryOp op(Bytes key, Touch touch) {
    return switch (touch) {
      case READ -> EntryOp.get(key, Way.READ);
      case PEEK -> EntryOp.get(key, Way.PEEK);
      case FILL -> EntryOp.getSingle(key, load);
      case REFRESH -> EntryOp.get(key, Way.REFRESH);
    };
  }

  private static boolean loading(Answer answer) {
    return answer.status() == Answer.NOT_FOUND && answer.left() > 0 && answer.token() == 0;
  }

  /** What was asked for, once it is known: at once, or when loads of others are over. */
  private CompletionStage<Look<Payload>> looked(Bytes key, Answer answer) {
    if (!loading(answer)) {
      return CompletableFuture.completedFuture(look(answer));
    }
    var span = FlightEvents.loadWait(cache, true);
    return look(key, answer, PATIENCE).whenComplete((look, failed) -> span.ended(outcome(look)));
  }

  private static Outcome outcome(@Nullable Look<Payload> look) {
    if (look == null) {
      return Outcome.FAILED;
    }
    return look.entry() == null ? Outcome.NOTHING : Outcome.DONE;
  }

  private CompletionStage<Look<Payload>> look(Bytes key, Answer answer, int patience) {
    if (!loading(answer)) {
      return CompletableFuture.completedFuture(look(answer));
    }
    if (patience == 0) {
      return requests.ask(EntryOp.get(key, Way.FILL)).thenApply(Looks::look);
    }
    return loaded(key, answer.left())
        .thenCompose(over -> requests.ask(op(key, Touch.FILL)))
        .thenCompose(next -> look(key, next, patience - 1));
  }

  /** Waits until a load of somebody else is over, or could be; in a request of its own. */
  private CompletionStage<Reply> loaded(Bytes key, long left) {
    var wait = Duration.ofMillis(Math.min(left, Requests.WAIT.toMillis()));
    var path = requests.paths().of("loads", key) + "?wait=" + wait.toMillis() + "ms";
    return requests
        .send(new Ask("GET", path, null, Ask.CBOR, true, wait))
        .thenCompose(
            reply -> {
              var still = reply.status() == Answer.OK ? left - wait.toMillis() : 0;
              return still > 0 ? loaded(key, still) : CompletableFuture.completedFuture(reply);
            });
  }

  private static Look<Payload> look(Answer answer) {
    var entry = entry(answer);
    if (entry != null) {
      return new Look<>(entry, answer.token(), null);
    }
    var missing = answer.missing();
    return Look.miss(answer.token(), missing == null ? MissCause.UNKNOWN : missing);
  }

  /** The entry in an answer, null where there is none. */
  static @Nullable Stored<Payload> entry(Answer answer) {
    var value = answer.value();
    return value == null
        ? null
        : new Stored.Snapshot<>(value, answer.deadline(), answer.version(), value.meta());
  }
}
