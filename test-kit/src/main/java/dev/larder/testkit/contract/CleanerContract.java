package dev.larder.testkit.contract;

import static dev.larder.testkit.contract.CacheContract.awaitEqual;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.larder.testkit.RecordingListener;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The background cleaner, by virtual time. */
public interface CleanerContract extends CacheContract {

  @Test
  default void cleanerRemovesWhatHasExpiredWithoutAnybodyAsking() {
    var heard = RecordingListener.<String, String>ofChanges();
    var cache =
        open(
            spec()
                .expireAfterWrite(Duration.ofSeconds(1))
                .cleanupInterval(Duration.ofSeconds(10))
                .listener(heard, ListenerContract.SYNC));
    cache.put("k", "v");
    assertEquals("CREATED k=v", heard.next());
    advance(Duration.ofSeconds(9));
    assertEquals(1, cache.size(), "expired, and nobody has looked");
    advance(Duration.ofSeconds(1));
    assertEquals("REMOVED k=v EXPIRED", heard.next());
    awaitEqual(0L, cache::size);
  }

  @Test
  default void cleanerRunsAgainAndAgain() {
    var cache =
        open(spec().expireAfterWrite(Duration.ofSeconds(1)).cleanupInterval(Duration.ofSeconds(5)));
    for (int i = 0; i < 3; i++) {
      cache.putAll(Map.of("a", "1", "b", "2"));
      advance(Duration.ofSeconds(5));
      awaitEqual(0L, cache::size);
    }
    assertEquals(6, cache.control().stats().expirations());
  }

  @Test
  default void cleanerCanBeStoppedAndStarted() {
    var cache =
        open(spec().expireAfterWrite(Duration.ofSeconds(1)).cleanupInterval(Duration.ofSeconds(5)));
    cache.control().cleaner(false);
    cache.put("k", "v");
    advance(Duration.ofSeconds(60));
    assertEquals(1, cache.size());
    assertNull(cache.get("k"));
    cache.put("k", "v");
    cache.control().cleaner(true);
    advance(Duration.ofSeconds(10));
    awaitEqual(0L, cache::size);
  }

  @Test
  default void healthTellsTheStateOfTheCleaner() {
    var cache = open(spec().cleanupInterval(Duration.ofSeconds(5)));
    var running = cache.control().health().details().get("cleaner");
    assertNotNull(running);
    cache.control().cleaner(false);
    assertNotEquals(running, cache.control().health().details().get("cleaner"));
    cache.control().cleaner(true);
    assertEquals(running, cache.control().health().details().get("cleaner"));
  }
}
