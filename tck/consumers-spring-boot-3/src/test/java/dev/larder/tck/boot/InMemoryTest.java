package dev.larder.tck.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Larder;
import dev.larder.testkit.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole suite, in memory. */
class InMemoryTest {
  @TempDir private Path folder;
  private ConfigurableApplicationContext context;
  private Kitchen kitchen;

  @BeforeEach
  void start() throws IOException {
    begin();
    Kitchen.RUNS.set(0);
    Kitchen.recipe = Kitchen::numbered;
  }

  private void begin(String... properties) throws IOException {
    context = Running.start(Running.yaml(folder, ""), properties);
    kitchen = context.getBean(Kitchen.class);
  }

  @AfterEach
  void end() {
    context.close();
  }

  @Test
  void managersAreSpringsOwnOverThatOfLarder() {
    var spring = context.getBean(org.springframework.cache.CacheManager.class);
    assertSame(JCacheCacheManager.class, spring.getClass());
    var larder = context.getBean(CacheManager.class).unwrap(Larder.class);
    assertTrue(larder.names().contains("dishes"), "a section makes a cache");
  }

  @Test
  void methodRunsOnceForEachArgument() {
    assertEquals(new Dish("soup", 1), kitchen.dish("soup"));
    assertEquals(new Dish("soup", 1), kitchen.dish("soup"));
    assertEquals(new Dish("cake", 2), kitchen.dish("cake"));
    assertEquals(new Dish("cake7", 3), kitchen.mixed("cake", 7));
    assertEquals(new Dish("cake7", 3), kitchen.mixed("cake", 7));
  }

  @Test
  void putEvictAndClear() {
    kitchen.put(new Dish("soup", 99));
    assertEquals(new Dish("soup", 99), kitchen.dish("soup"));
    kitchen.evict("soup");
    assertEquals(new Dish("soup", 1), kitchen.dish("soup"));
    kitchen.dish("cake");
    kitchen.clear();
    assertEquals(new Dish("soup", 3), kitchen.dish("soup"));
    assertEquals(new Dish("cake", 4), kitchen.dish("cake"));
  }

  @Test
  void nullIsAResultLikeAnyOther() {
    Kitchen.recipe = name -> null;
    for (var round = 0; round < 2; round++) {
      assertNull(kitchen.dish("nothing"));
      assertNull(kitchen.only("none"));
      assertNull(kitchen.result("nothing"));
    }
    assertEquals(3, Kitchen.RUNS.get());
  }

  @Test
  void resultOfTheStandardAnnotationIsCachedAndRemoved() {
    assertEquals(new Dish("soup", 1), kitchen.result("soup"));
    assertEquals(new Dish("soup", 1), kitchen.result("soup"));
    kitchen.remove("soup");
    assertEquals(new Dish("soup", 2), kitchen.result("soup"));
  }

  @Test
  void syncComputesOnceForManyThreads() {
    var asking = new AtomicInteger();
    var all = new CountDownLatch(1);
    Kitchen.recipe =
        name -> {
          Actor.await(all);
          return Kitchen.numbered(name);
        };
    Actor.together(
        16,
        number -> {
          if (asking.incrementAndGet() == 16) {
            all.countDown();
          }
          assertEquals(new Dish("soup", 1), kitchen.only("soup"));
        });
    assertEquals(1, Kitchen.RUNS.get());
  }

  @Test
  void exceptionsComeAsTheyAreThrownAndAreNotCached() {
    var burnt = new IllegalStateException("burnt");
    Kitchen.recipe =
        name -> {
          throw burnt;
        };
    assertSame(burnt, assertThrows(IllegalStateException.class, () -> kitchen.dish("soup")));
    assertSame(burnt, assertThrows(IllegalStateException.class, () -> kitchen.only("soup")));
    Kitchen.recipe = Kitchen::numbered;
    assertEquals(new Dish("soup", 3), kitchen.only("soup"));
  }

  @Test
  void cacheThatNobodyNamedIsSpringsErrorUntilSpringBootIsToldItsName() throws IOException {
    var refused = assertThrows(IllegalArgumentException.class, () -> kitchen.inNoCache("soup"));
    assertTrue(refused.getMessage().contains("unheard-of"), refused::getMessage);
    context.close();
    begin("spring.cache.cache-names=unheard-of");
    assertNotNull(kitchen.inNoCache("soup"));
    assertInstanceOf(Dish.class, kitchen.dish("soup"));
  }

  @Test
  void cacheThatNobodyNamedIsMadeWhereTheConfigurationSaysSo() throws IOException {
    context.close();
    context = Running.start(Running.yaml(folder, "jcache: {create-missing: true}\n"));
    kitchen = context.getBean(Kitchen.class);
    assertEquals(new Dish("soup", 1), kitchen.inNoCache("soup"));
    assertEquals(new Dish("soup", 1), kitchen.inNoCache("soup"));
  }

  @Test
  void futuresAreNothingThatSpringsOwnAdapterCaches() {
    assertThrows(UnsupportedOperationException.class, () -> kitchen.later("soup"));
  }

  @Test
  void contextThatIsStartedAgainBeginsAnew() throws IOException {
    kitchen.dish("soup");
    var before = context.getBean(CacheManager.class);
    context.close();
    assertTrue(before.isClosed());
    begin();
    assertEquals(new Dish("soup", 2), kitchen.dish("soup"));
    assertEquals(new Dish("soup", 2), kitchen.dish("soup"));
  }
}
