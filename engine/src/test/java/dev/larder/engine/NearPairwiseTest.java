package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheSpec;
import dev.larder.Codec;
import dev.larder.Life;
import dev.larder.engine.policy.PolicyRegistry;
import dev.larder.spi.Codecs;
import dev.larder.spi.Context;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.Tap;
import dev.larder.spi.Touch;
import dev.larder.spi.Verbs;
import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.VirtualScheduler;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two actors on one key, thousands of times. Forbidden: a copy of what was in force before an
 * invalidation is there after it.
 */
class NearPairwiseTest {
  private static final int ROUNDS = Integer.getInteger("larder.test.rounds", 3_000);
  private final VirtualClock clock = new VirtualClock();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private PlainAuthority authority = new PlainAuthority(StoreEvents.none(), clock, Life.FOREVER);
  private final TieredStore<String, String> store = open();

  private TieredStore<String, String> open() {
    Codecs none =
        new Codecs() {
          @Override
          public <T> Codec<T> forType(Class<T> type) {
            throw new UnsupportedOperationException("values stay objects here");
          }
        };
    var spec =
        CacheSpec.of("near", String.class, String.class).option("near.max-staleness", "1s").build();
    var loader = NearPairwiseTest.class.getClassLoader();
    var scheduler = new VirtualScheduler(clock);
    return TieredStore.open(
        spec,
        TierOptions.nearOf(spec),
        PolicyRegistry.of(loader).named("lru"),
        new Context(clock, scheduler, Runnable::run, none, loader, Tap.none()),
        StoreEvents.none(),
        told -> {
          authority = new PlainAuthority(told, clock, Life.FOREVER);
          return authority;
        });
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  /** Has both act at once, round by round; afterwards the copy shows what is right, or nothing. */
  private void race(Acting fills, Acting invalidates) throws Exception {
    var barrier = new CyclicBarrier(2);
    var copies = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var key = "k" + round % 16;
      var value = String.valueOf(round);
      var filling = start(barrier, () -> fills.act(key, value));
      var invalidating = start(barrier, () -> invalidates.act(key, value));
      filling.get(20, TimeUnit.SECONDS);
      invalidating.get(20, TimeUnit.SECONDS);
      authority.events.confirmed(clock.ticks());
      var copy = store.value(key);
      if (copy != null) {
        copies++;
        assertEquals(authority.current(key), copy, "a copy was stored after its invalidation");
      }
    }
    assertTrue(copies > 0, "there never was a copy");
  }

  private Future<?> start(CyclicBarrier barrier, Runnable action) {
    return threads.submit(
        () -> {
          barrier.await(20, TimeUnit.SECONDS);
          action.run();
          return null;
        });
  }

  private void read(String key, String value) {
    var unused = store.get(key, Touch.READ);
  }

  private void write(String key, String value) {
    store.update(key, Verbs.put(), "own " + value);
  }

  private void changedByOthers(String key, String value) {
    authority.events.outdated(key, authority.change(key, "theirs " + value));
  }

  private void startedAnew(String key, String value) {
    authority.change(key, "theirs " + value);
    authority.events.outdatedAll();
  }

  @FunctionalInterface
  private interface Acting {
    void act(String key, String value);
  }

  @Test
  void readAgainstAnEvent() throws Exception {
    race(this::read, this::changedByOthers);
  }

  @Test
  void readAgainstTheStartOfAStream() throws Exception {
    race(this::read, this::startedAnew);
  }

  @Test
  void writeAgainstAnEvent() throws Exception {
    race(this::write, this::changedByOthers);
  }

  @Test
  void readAgainstAWrite() throws Exception {
    race(this::read, this::write);
  }

  @Test
  void writeAgainstTheStartOfAStream() throws Exception {
    race(this::write, this::startedAnew);
  }
}
