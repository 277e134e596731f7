package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What operations by reference allocate, counted by the virtual machine. Bounds are those of
 * compiled code, so each operation runs until it meets its bound or has run often enough to have
 * been compiled.
 */
class AllocationTest {
  private static final Duration HOUR = new Duration(TimeUnit.HOURS, 1);
  private static final int OPERATIONS = 5_000;
  private static final int ROUNDS = 60;

  private final Provided provided = new Provided("memory");

  @AfterEach
  void close() {
    provided.close();
  }

  private Cache<Long, Long> cache(Factory<? extends ExpiryPolicy> expiry, boolean statistics) {
    var cache =
        provided.cache(
            "numbers",
            new MutableConfiguration<Long, Long>()
                .setTypes(Long.class, Long.class)
                .setStoreByValue(false)
                .setExpiryPolicyFactory(expiry)
                .setStatisticsEnabled(statistics));
    cache.put(1L, 10L);
    return cache;
  }

  private static double bytes(Runnable operation, double enough) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    var least = Double.MAX_VALUE;
    for (var round = 0; round < ROUNDS && least > enough; round++) {
      var before = threads.getCurrentThreadAllocatedBytes();
      for (var i = 0; i < OPERATIONS; i++) {
        operation.run();
      }
      var after = threads.getCurrentThreadAllocatedBytes();
      least = Math.min(least, (after - before) / (double) OPERATIONS);
    }
    return least;
  }

  private static void assertNothing(String what, Runnable operation) {
    assertEquals(0, bytes(operation, 0), what);
  }

  @Test
  void readsAllocateNothing() {
    var cache = cache(EternalExpiryPolicy.factoryOf(), false);

    assertNothing("get", () -> cache.get(1L));
    assertNothing("get of an absent key", () -> cache.get(2L));
    assertNothing("containsKey", () -> cache.containsKey(1L));
  }

  @Test
  void readsWithStatisticsAllocateNothing() {
    var cache = cache(EternalExpiryPolicy.factoryOf(), true);

    assertNothing("get", () -> cache.get(1L));
    assertNothing("get of an absent key", () -> cache.get(2L));
    assertNothing("containsKey", () -> cache.containsKey(1L));
  }

  @Test
  void readsWithAnyStandardExpiryAllocateNothing() {
    assertReadAllocatesNothing(CreatedExpiryPolicy.factoryOf(HOUR));
    assertReadAllocatesNothing(ModifiedExpiryPolicy.factoryOf(HOUR));
    assertReadAllocatesNothing(AccessedExpiryPolicy.factoryOf(HOUR));
    assertReadAllocatesNothing(TouchedExpiryPolicy.factoryOf(HOUR));
  }

  private void assertReadAllocatesNothing(Factory<? extends ExpiryPolicy> expiry) {
    var cache = cache(expiry, true);
    assertNothing("get with " + expiry.create().getClass(), () -> cache.get(1L));
    provided.manager().destroyCache("numbers");
  }

  @Test
  void overwritesByReferenceAllocateNothing() {
    var cache = cache(EternalExpiryPolicy.factoryOf(), true);
    var other = Long.valueOf(11);

    assertNothing("put", () -> cache.put(1L, other));
    assertNothing("getAndPut", () -> cache.getAndPut(1L, other));
    assertNothing("replace", () -> cache.replace(1L, other));
    assertNothing("getAndReplace", () -> cache.getAndReplace(1L, other));
  }
}
