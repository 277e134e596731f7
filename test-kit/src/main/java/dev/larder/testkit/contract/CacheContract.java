package dev.larder.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.CacheStats;
import dev.larder.testkit.Actor;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.function.Executable;

/** What all suites share. */
public interface CacheContract {

  /** The fixture of the running test: the same one throughout a test, a new one for the next. */
  CacheFixture fixture();

  /**
   * What the suites start their descriptions from; an implementation may choose a policy, a clock
   * or bounds.
   */
  default CacheSpec.Builder<String, String> spec() {
    return CacheSpec.of("contract", String.class, String.class);
  }

  /** Ends the fixture. */
  @AfterEach
  default void closeFixture() {
    fixture().close();
  }

  /** Opens a cache as described so far. */
  default Cache<String, String> open(CacheSpec.Builder<String, String> spec) {
    return fixture().open(spec.build());
  }

  /** Opens a plain cache. */
  default Cache<String, String> open() {
    return open(spec());
  }

  /** How many actors play where more than two are needed. */
  int ACTORS = 8;

  /** Opens a cache of numbers. */
  default Cache<String, Long> counters() {
    return fixture().open(CacheSpec.of("contract", String.class, Long.class).build());
  }

  /** Moves time. */
  default void advance(Duration step) {
    fixture().advance(step);
  }

  /** Moves time by milliseconds. */
  default void advance(long millis) {
    fixture().advance(Duration.ofMillis(millis));
  }

  /** Moves time far, past any number of rounds of the cleaner, which do not run. */
  default void leap(Duration step) {
    fixture().clock().advance(step);
  }

  /** Checks that something throws, and that the message speaks of these words. */
  static <T extends Throwable> T fails(Class<T> type, Executable work, String... words) {
    var thrown = assertThrows(type, work);
    var message = message(thrown);
    for (var word : words) {
      assertTrue(
          message.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT)),
          () -> "the message should speak of '" + word + "': " + message);
    }
    return thrown;
  }

  private static String message(Throwable thrown) {
    var message = thrown.getMessage();
    org.junit.jupiter.api.Assertions.assertNotNull(message, () -> "no message in " + thrown);
    return message == null ? "" : message;
  }

  /** Checks the message of what caused a failure. */
  static void causedBy(String message, Throwable thrown) {
    var cause = thrown.getCause();
    assertEquals(message, cause == null ? null : cause.getMessage());
  }

  /** The result of a stage, waited for within bounds; throws what it failed with. */
  static <T extends @Nullable Object> T result(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(Actor.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException("the stage failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("the stage did not complete", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a stage", e);
    }
  }

  /**
   * Moves time in steps until the actor has finished, since when it starts to wait cannot be seen
   * from outside.
   */
  default <T extends @Nullable Object> T advanceUntilDone(Actor<T> actor, Duration step) {
    for (int i = 0; i < 2_000 && !actor.finishedWithin(10); i++) {
      advance(step);
    }
    return actor.result();
  }

  /**
   * Waits until something that another thread brings about has come, and fails when it does not.
   */
  static <T> void awaitEqual(T expected, Supplier<T> actual) {
    var never = new CountDownLatch(1);
    try {
      for (long left = Actor.PATIENCE.toMillis(); left > 0; left--) {
        if (expected.equals(actual.get()) || never.await(1, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    }
    assertEquals(expected, actual.get());
  }

  /** The counts that matter most, as text. */
  static String counts(CacheStats stats) {
    return counts(stats.hits(), stats.misses(), stats.puts(), stats.removals());
  }

  /** As {@link #counts(CacheStats)}. */
  static String counts(long hits, long misses, long puts, long removals) {
    return "hits " + hits + ", misses " + misses + ", puts " + puts + ", removals " + removals;
  }
}
