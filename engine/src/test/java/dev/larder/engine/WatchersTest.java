package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.Cache;
import dev.larder.CacheClosedException;
import dev.larder.CacheSpec;
import dev.larder.CacheWatcher;
import dev.larder.Larder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who watches a manager is told of its caches. */
class WatchersTest {
  private final Larder larder = Larder.open();
  private final List<String> told = new ArrayList<>();

  private final CacheWatcher watcher =
      new CacheWatcher() {
        @Override
        public void opened(Cache<?, ?> cache) {
          told.add("opened " + cache.name());
        }

        @Override
        public void closed(Cache<?, ?> cache) {
          told.add("closed " + cache.name());
        }
      };

  @AfterEach
  void close() {
    larder.close();
  }

  private Cache<String, String> create(String name) {
    return larder.create(CacheSpec.of(name, String.class, String.class).build());
  }

  @Test
  void openCachesAreToldAtOnceAndOthersWhenTheyComeAndGo() {
    create("a");
    larder.watch(watcher);
    create("b").close();
    larder.cache("c", String.class, String.class);
    larder.cache("c", String.class, String.class);
    larder.destroy("a");
    assertEquals(List.of("opened a", "opened b", "closed b", "opened c", "closed a"), told);
  }

  @Test
  void closingTheManagerTellsOfEachCache() {
    larder.watch(watcher);
    create("a");
    create("b");
    told.clear();
    larder.close();
    assertEquals(List.of("closed a", "closed b"), told);
    assertThrows(CacheClosedException.class, () -> larder.watch(watcher));
  }

  @Test
  void nothingIsToldAfterAWatchIsClosedAndOtherWatchesGoOn() {
    var watch = larder.watch(watcher);
    larder.watch(watcher);
    create("a");
    watch.close();
    watch.close();
    create("b");
    assertEquals(List.of("opened a", "opened a", "opened b"), told);
  }

  @Test
  void watcherThatThrowsKeepsNoCacheFromBeingUsed() {
    larder.watch(
        new CacheWatcher() {
          @Override
          public void opened(Cache<?, ?> cache) {
            throw new IllegalStateException("no registry");
          }

          @Override
          public void closed(Cache<?, ?> cache) {
            throw new IllegalStateException("no registry");
          }
        });
    larder.watch(watcher);
    var cache = create("a");
    cache.put("k", "v");
    assertEquals("v", cache.get("k"));
    cache.close();
    assertEquals(List.of("opened a", "closed a"), told);
  }

  @Test
  void watcherMayUseTheManager() {
    larder.watch(
        new CacheWatcher() {
          @Override
          public void opened(Cache<?, ?> cache) {
            told.add(larder.find(cache.name()).isPresent() + " " + larder.names());
          }

          @Override
          public void closed(Cache<?, ?> cache) {
            told.add(larder.find(cache.name()).isPresent() + " " + larder.names());
          }
        });
    create("a").close();
    assertEquals(List.of("true [a]", "false []"), told);
  }
}
