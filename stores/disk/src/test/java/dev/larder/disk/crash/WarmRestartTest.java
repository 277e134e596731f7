package dev.larder.disk.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.Larder;
import dev.larder.TierStats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was hot in memory in one process is in memory in the next. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WarmRestartTest {
  @TempDir private Path folder;

  @AfterEach
  void nothingIsLeft() throws IOException {
    new Leftovers(folder).assertNone();
  }

  private Path file() {
    return folder.resolve("warm.db");
  }

  @Test
  void whatWasInMemoryBeforeACloseIsThereAgain() throws Exception {
    try (var child = Child.start(Warm.class, file().toString())) {
      child.awaitWord("READY").tell("close");
      child.awaitWord("CLOSED");
      assertEquals(0, child.exit(), child::output);
    }
    assertWarm();
  }

  /** A process that was killed left no list of its copies: those accessed last take their place. */
  @Test
  void whatWasAccessedLastIsInMemoryAfterAKill() throws Exception {
    try (var child = Child.start(Warm.class, file().toString())) {
      child.awaitWord("READY").kill();
    }
    assertWarm();
  }

  private void assertWarm() {
    try (var larder = Larder.builder().open()) {
      var cache = Warm.open(larder, file());
      FaultyCache.await(
          () -> tier(cache, 0).size() >= Warm.ROOM, () -> "" + cache.control().stats().tiers());
      assertEquals(0, tier(cache, 0).hits() + tier(cache, 1).hits(), "nobody has read yet");
      for (int i = 0; i < Warm.HOT; i++) {
        assertEquals("value " + Warm.hot(i), cache.get(Warm.hot(i)));
      }
      assertEquals(Warm.HOT, tier(cache, 0).hits());
      assertEquals(0, tier(cache, 1).hits());
      for (int i = 0; i < Warm.ENTRIES; i++) {
        assertEquals("value " + i, cache.get(i));
      }
      assertTrue(tier(cache, 1).hits() >= Warm.ENTRIES - Warm.ROOM);
      assertTrue(tier(cache, 0).size() <= Warm.ROOM);
    }
  }

  private static TierStats tier(Cache<?, ?> cache, int number) {
    return cache.control().stats().tiers().get(number);
  }
}
