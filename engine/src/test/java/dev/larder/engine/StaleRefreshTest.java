package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.CacheSpec;
import dev.larder.Larder;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A value that is there is loaded anew while it is overwritten. */
class StaleRefreshTest {
  private static final int ROUNDS = 20_000;
  private final Larder larder = Larder.open();

  @AfterEach
  void close() {
    larder.close();
  }

  /** Forbidden: the load, which began before the write, is stored after it. */
  @Test
  void aLoadThatBeganBeforeAnOverwriteIsNeverStoredAfterIt() throws Exception {
    var cache =
        (CacheFront<Integer, String>)
            larder.create(CacheSpec.of("fresh", Integer.class, String.class).build());
    var rounds = new CyclicBarrier(2);
    var began = new AtomicBoolean();
    var pool = Executors.newSingleThreadExecutor();
    try {
      var loader =
          pool.submit(
              () -> {
                for (int round = 0; round < ROUNDS; round++) {
                  rounds.await();
                  cache.loadAll(
                      List.of(1),
                      key -> {
                        began.set(true);
                        return "loaded";
                      },
                      true);
                  rounds.await();
                }
                return null;
              });
      for (int round = 0; round < ROUNDS; round++) {
        cache.put(1, "before");
        began.set(false);
        rounds.await();
        while (!began.get()) {
          Thread.onSpinWait();
        }
        cache.put(1, "written");
        rounds.await();
        assertEquals("written", cache.get(1), "round " + round);
      }
      loader.get();
    } finally {
      pool.shutdownNow();
    }
  }
}
