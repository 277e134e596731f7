package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.SingleFlight;
import dev.larder.testkit.Actor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages and removals of one key race. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"memory", "far"})
class StageRaceTest {
  private static final int ROUNDS = 100;

  private final Provided provided;

  StageRaceTest(String topology) {
    provided = new Provided(topology);
  }

  @AfterEach
  void close() {
    provided.close();
  }

  /** Forbidden: who asks after a removal gets what was computed from the truth before it. */
  @Test
  void whoAsksAfterARemovalGetsNothingFromBeforeIt() {
    var cache =
        provided.cache(
            "c", new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
    var truth = new AtomicInteger();
    Actor.together(
        4,
        number -> {
          for (int round = 0; round < ROUNDS; round++) {
            var least = truth.incrementAndGet();
            cache.remove("k");
            var got = found(cache, truth);
            assertTrue(got >= least, () -> got + " after the removal of " + least);
          }
        });
  }

  @SuppressWarnings("unchecked")
  private static int found(Cache<String, Integer> cache, AtomicInteger truth) throws Exception {
    SingleFlight<String, Integer> flights = cache.unwrap(SingleFlight.class);
    return flights
        .getOrComputeLater("k", () -> slowly(truth.get()))
        .toCompletableFuture()
        .get(Actor.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** What was true when the computation began, some turns of the common pool later. */
  private static CompletableFuture<Integer> slowly(int value) {
    var stage = CompletableFuture.completedFuture(value);
    for (int turn = 0; turn < 50; turn++) {
      stage = stage.thenApplyAsync(Function.identity());
    }
    return stage;
  }
}
