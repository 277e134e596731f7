package dev.larder.server.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Larder;
import dev.larder.RemovalCause;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Payload;
import dev.larder.spi.Verbs;
import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.VirtualScheduler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanerTest {
  private final VirtualClock clock = new VirtualClock();
  private final VirtualScheduler timer = new VirtualScheduler(clock);
  private final Databases databases = new Databases(Larder.builder().clock(clock), Map.of());
  private final Work work = new Work(10);

  @AfterEach
  void close() {
    work.close();
    databases.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void aWatcherHearsOfAnExpiryThoughNobodyTouchesTheEntry(String topology) throws Exception {
    var spec = Databases.spec("watched").topology(topology);
    var database =
        databases.create(
            topology.equals("disk") ? spec.option("disk.path", ":memory:").build() : spec.build());
    var heard = new LinkedBlockingQueue<RemovalCause>();
    database.watch(
        new Watcher() {
          @Override
          public void changed(Bytes key, Change<Payload> change, long operation) {
            if (change.cause() != null) {
              heard.add(change.cause());
            }
          }

          @Override
          public void cleared(long operation) {}
        });
    new Cleaner(databases, work).begin(timer);
    var value = database.contents().raw("v".getBytes(UTF_8));
    database.update(
        new Bytes("k".getBytes(UTF_8)),
        Verbs.putWith(),
        new Verbs.Terms<>(value, 300, value.meta()));

    timer.advance(Duration.ofMillis(299));
    assertTrue(heard.isEmpty());
    var first = heard.poll();
    for (int waited = 0; first == null && waited < 600; waited++) {
      // A look does nothing while the work of an earlier one goes on.
      timer.advance(Duration.ofSeconds(1));
      first = heard.poll(50, TimeUnit.MILLISECONDS);
    }

    assertEquals(RemovalCause.EXPIRED, first);
  }
}
