package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.larder.CacheSpec;
import dev.larder.engine.policy.PolicyRegistry;
import dev.larder.spi.Change;
import dev.larder.spi.Context;
import dev.larder.spi.Look;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.Tap;
import dev.larder.spi.Touch;
import dev.larder.spi.Verbs;
import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.VirtualScheduler;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * A load announces itself in the middle of a write, before the value is there. Forbidden: what it
 * brings overwrites that value.
 */
class StaleFillTest {
  private final AtomicReference<Runnable> whileWriting = new AtomicReference<>(() -> {});

  /**
   * The store asks whether anybody listens after it holds the key and before it stores the value.
   */
  private final class Window implements StoreEvents<String, String> {
    @Override
    public boolean wanted() {
      whileWriting.getAndSet(() -> {}).run();
      return false;
    }

    @Override
    public void changed(String key, Change<String> change, long sequence) {}

    @Override
    public void gap(long first, long next) {}
  }

  @Test
  void aLoadAnnouncedWhileAWriteRunsIsRefused() {
    var clock = new VirtualClock();
    var loader = getClass().getClassLoader();
    var spec = CacheSpec.of("stale", String.class, String.class).build();
    var context =
        new Context(
            clock,
            new VirtualScheduler(clock),
            Runnable::run,
            new EngineCodecs(spec, loader),
            loader,
            Tap.none());
    var policy = PolicyRegistry.of(loader).named("s3-fifo");
    try (var store = new MemoryStore<>(spec, policy, new Window(), context)) {
      var look = new AtomicReference<Look<String>>();
      whileWriting.set(() -> look.set(store.look("k", Touch.FILL)));
      store.update("k", Verbs.put(), "new");
      assertNull(look.get().entry(), "the load looked before the value was there");
      var fill = new Verbs.Fill<>("old", look.get().fillToken());
      assertFalse(store.update("k", Verbs.fill(), fill), "the fill is refused");
      assertEquals("new", store.get("k", Touch.READ).value());
    }
  }
}
