package dev.larder.testkit.far;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Codecs;
import dev.larder.spi.Context;
import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.Stored;
import dev.larder.spi.Tap;
import dev.larder.spi.Touch;
import dev.larder.spi.Verbs;
import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.VirtualScheduler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/**
 * What tests of the far store share: a region of their own, virtual time, and short ways to say
 * things.
 */
abstract class FarBench {
  final VirtualClock clock = new VirtualClock();
  final VirtualScheduler scheduler = new VirtualScheduler(clock);
  final FarRegion region = FarRegion.of(getClass().getName() + System.identityHashCode(this));
  private final FarStoreProvider provider = new FarStoreProvider();

  static final Codecs NO_CODECS =
      new Codecs() {
        @Override
        public <T> dev.larder.Codec<T> forType(Class<T> type) {
          throw new ConfigurationException("no codecs here");
        }
      };

  @AfterEach
  void forgetRegion() {
    region.destroy();
  }

  Context context() {
    return new Context(
        clock, scheduler, Runnable::run, NO_CODECS, getClass().getClassLoader(), Tap.none());
  }

  FarStore open(UnaryOperator<CacheSpec.Builder<Object, Object>> spec, Events events) {
    return (FarStore)
        (Object) provider.<Bytes, Payload>open(spec.apply(described()).build(), events, context());
  }

  CacheSpec.Builder<Object, Object> described() {
    return CacheSpec.of("c").topology("far").option("far.region", region.name());
  }

  FarStore open(UnaryOperator<CacheSpec.Builder<Object, Object>> spec) {
    return open(spec, new Events());
  }

  static Bytes key(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  static Payload value(String text) {
    return new Payload(text.getBytes(StandardCharsets.UTF_8), Meta.NONE);
  }

  static Payload value(String text, int weight, String... tags) {
    return new Payload(
        text.getBytes(StandardCharsets.UTF_8), new Meta("text/plain", 0, weight, Set.of(tags)));
  }

  static String text(Payload payload) {
    return payload == null ? null : new String(payload.array(), StandardCharsets.UTF_8);
  }

  static String read(FarStore store, String key) {
    return text(store.get(key(key), Touch.READ));
  }

  static String peek(FarStore store, String key) {
    return text(store.get(key(key), Touch.PEEK));
  }

  private static String text(Stored<Payload> stored) {
    return stored == null ? null : text(stored.value());
  }

  static Verbs.Written put(FarStore store, String key, String value) {
    return store.update(key(key), Verbs.<Payload>put(), value(value));
  }

  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    } catch (Exception e) {
      throw new IllegalStateException("no answer within ten seconds", e);
    }
  }

  void advance(long millis) {
    scheduler.advance(Duration.ofMillis(millis));
  }

  /** Keeps what a store reports, as text. */
  static final class Events implements StoreEvents<Bytes, Payload> {
    final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    volatile boolean wanted = true;

    @Override
    public void changed(Bytes key, Change<Payload> change, long sequence) {
      seen.add(
          new String(key.array(), StandardCharsets.UTF_8)
              + ":"
              + text(change.before())
              + ">"
              + text(change.after())
              + (change.cause() == null ? "" : " " + change.cause())
              + " #"
              + sequence);
    }

    @Override
    public void gap(long first, long next) {
      seen.add("gap " + first + ".." + next);
    }

    @Override
    public boolean wanted() {
      return wanted;
    }

    void expect(String... events) {
      try {
        for (var event : events) {
          org.junit.jupiter.api.Assertions.assertEquals(event, seen.poll(10, TimeUnit.SECONDS));
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      assertTrue(seen.isEmpty(), () -> "more than expected: " + List.copyOf(seen));
    }
  }
}
