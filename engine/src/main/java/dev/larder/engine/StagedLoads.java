package dev.larder.engine;

import dev.larder.MissCause;
import dev.larder.RecursiveLoadException;
import dev.larder.spi.Look;
import dev.larder.spi.Span.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Loads whose loader gives a stage: flights of {@link Loads} that no thread runs once the loader
 * has returned. The loader is called on the thread of the first caller, which asks the store but
 * waits for nobody; where another process is loading, this one hears of it without a thread, and
 * should nothing have come of that, the loader is called on the executor.
 */
final class StagedLoads<K, V> {
  private final CacheFront<K, V> front;
  private final Loads<K, V> loads;

  StagedLoads(CacheFront<K, V> front, Loads<K, V> loads) {
    this.front = front;
    this.loads = loads;
  }

  /**
   * Loads the value, or joins whoever does.
   *
   * @throws RecursiveLoadException when the loader of the key asks for the key
   */
  CompletionStage<@Nullable V> load(K key, StagedLoader<K, V> loader) {
    var mine = new Load<V>();
    var load = loads.claim(key, mine);
    if (load == mine) {
      begin(key, mine, loader);
    } else if (load.isRunHere()) {
      throw new RecursiveLoadException(
          "cache '" + front.name() + "': loading key " + key + " waits for itself");
    }
    return load;
  }

  private void begin(K key, Load<V> mine, StagedLoader<K, V> loader) {
    try {
      loads.watch(mine, () -> loads.giveUp(key, mine));
      var looks = front.reads().announceAll(List.of(key));
      var look = looks == null ? Look.<V>miss(0, MissCause.UNKNOWN) : looks.get(key);
      if (look == null || (looks != null && look.entry() == null && look.fillToken() == 0)) {
        follow(key, mine, loader);
      } else {
        go(key, mine, loader, look);
      }
    } catch (RuntimeException | Error e) {
      loads.land(key, mine, null, e);
    }
  }

  /** Waits for the load of another process. */
  private void follow(K key, Load<V> mine, StagedLoader<K, V> loader) {
    var unused =
        front
            .reads()
            .follow(key)
            .thenAcceptAsync(look -> go(key, mine, loader, look), front.context().executor())
            .whenComplete(
                (nothing, failure) -> {
                  if (failure != null) {
                    loads.land(key, mine, null, cause(failure));
                  }
                });
  }

  private void go(K key, Load<V> mine, StagedLoader<K, V> loader, Look<V> look) {
    var value = look.entry() == null ? null : look.entry().value();
    if (value != null) {
      loads.land(key, mine, value, null);
      return;
    }
    mine.run(() -> call(key, mine, loader, look.fillToken()));
  }

  private void call(K key, Load<V> mine, StagedLoader<K, V> loader, long token) {
    var called = loads.began(1);
    CompletionStage<? extends @Nullable V> stage;
    try {
      stage = Objects.requireNonNull(loader.begin(key), "the loader gave no stage");
    } catch (Exception | Error e) {
      loads.ended(called, Outcome.FAILED);
      end(key, mine, null, loads.failed(key, e), token);
      return;
    }
    var unused =
        stage.whenComplete(
            (value, failure) -> {
              loads.ended(called, outcome(value, failure));
              later(
                  () ->
                      end(
                          key,
                          mine,
                          value,
                          failure == null ? null : loads.failed(key, cause(failure)),
                          token));
            });
  }

  private static Outcome outcome(@Nullable Object value, @Nullable Throwable failure) {
    if (failure != null) {
      return Outcome.FAILED;
    }
    return value == null ? Outcome.NOTHING : Outcome.DONE;
  }

  /** The thread that completes a stage of the user's may be one that the store needs. */
  private void later(Runnable end) {
    if (!front.store().waits()) {
      end.run();
      return;
    }
    try {
      front.context().executor().execute(end);
    } catch (RejectedExecutionException e) {
      end.run();
    }
  }

  /** Gives the token back in any case, as every load does, and lands. */
  private void end(
      K key, Load<V> mine, @Nullable V value, @Nullable Throwable failure, long token) {
    var failed = failure;
    try {
      front.fill(key, failure != null || mine.isDone() ? null : value, token);
    } catch (RuntimeException | Error e) {
      failed = failure == null ? e : failure;
    }
    loads.land(key, mine, value, failed);
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
