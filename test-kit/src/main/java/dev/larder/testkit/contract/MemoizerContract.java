package dev.larder.testkit.contract;

import static dev.larder.testkit.contract.CacheContract.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.CacheLoadException;
import dev.larder.Memoizer;
import dev.larder.testkit.Actor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Functions that remember. */
public interface MemoizerContract extends CacheContract {

  @Test
  default void functionIsComputedOncePerArgument() {
    var calls = new AtomicInteger();
    var square = Memoizer.<String, String>of(open(), key -> key + key + calls.incrementAndGet());
    assertEquals("aa1", square.apply("a"));
    assertEquals("aa1", square.apply("a"));
    assertEquals("bb2", square.apply("b"));
  }

  @Test
  default void concurrentCallsComputeOnce() {
    var calls = new AtomicInteger();
    var function =
        Memoizer.<String, String>of(
            open(),
            key -> {
              calls.incrementAndGet();
              Thread.onSpinWait();
              return key;
            });
    Actor.together(
        8,
        number -> {
          for (int i = 0; i < 100; i++) {
            assertEquals("k" + i, function.apply("k" + i));
          }
        });
    assertEquals(100, calls.get());
  }

  @Test
  default void failureIsRethrownAsItWasAndNotRemembered() {
    var failure = new IllegalStateException("no");
    var calls = new AtomicInteger();
    var function =
        Memoizer.<String, String>of(
            open(),
            key -> {
              if (calls.incrementAndGet() == 1) {
                throw failure;
              }
              return "v";
            });
    assertSame(failure, assertThrows(IllegalStateException.class, () -> function.apply("k")));
    assertEquals("v", function.apply("k"));
  }

  @Test
  default void resultsLiveAsLongAsTheCacheSays() {
    var calls = new AtomicInteger();
    var cache = open(spec().expireAfterWrite(Duration.ofSeconds(1)));
    var function = Memoizer.<String, String>of(cache, key -> "" + calls.incrementAndGet());
    assertEquals("1", function.apply("k"));
    advance(1_000);
    assertEquals("2", function.apply("k"));
    function.forget("k");
    assertEquals("3", function.apply("k"));
    assertSame(cache, function.cache());
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  default void nullsAreNamedByTheMemoizer() {
    var cache = open();
    fails(NullPointerException.class, () -> Memoizer.of(null, key -> key), "cache");
    fails(NullPointerException.class, () -> Memoizer.of(cache, null), "function");
    var nothing = Memoizer.<String, String>of(cache, key -> null);
    fails(NullPointerException.class, () -> nothing.apply(null), "key");
    fails(CacheLoadException.class, () -> nothing.apply("k"), "null");
  }
}
