package dev.larder.disk.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.FailurePolicy;
import dev.larder.Health;
import dev.larder.Larder;
import dev.larder.disk.FaultyDisk;
import dev.larder.testkit.Actor;
import dev.larder.testkit.disk.DiskFaults;
import dev.larder.testkit.disk.DiskStep;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A cache over a disk that does what a test tells it. Ten copies have room in memory; values of
 * {@link #large} are never among them.
 */
final class FaultyCache implements AutoCloseable {
  /** Entries that are on disk from the start: key and value are the same. */
  static final int STOCK = 100;

  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(5);

  final DiskFaults faults;
  final Cache<String, String> cache;
  private final Larder larder = Larder.builder().open();

  private FaultyCache(
      DiskFaults faults, Path file, UnaryOperator<CacheSpec.Builder<String, String>> setting) {
    this.faults = faults;
    var spec =
        CacheSpec.of("cache", String.class, String.class)
            .topology("faulty-disk")
            .option("disk.path", file.toString())
            .option("disk.interval", "5ms")
            .option("memory.maximum-entries", "10")
            .option("memory.largest-entry", "1KB")
            .unbounded();
    try {
      cache = larder.create(setting.apply(spec).build());
    } catch (RuntimeException e) {
      larder.close();
      throw e;
    }
  }

  /** Opens the file and commits the stock to it. */
  static FaultyCache stocked(Path file, UnaryOperator<CacheSpec.Builder<String, String>> setting) {
    var opened = new FaultyCache(FaultyDisk.anew(), file, setting);
    opened.cache.batch(
        batch -> {
          for (int i = 0; i < STOCK; i++) {
            batch.put(stock(i), stock(i));
          }
        });
    opened.cache.control().purge();
    return opened;
  }

  static FaultyCache stocked(Path file, String durability) {
    return stocked(file, spec -> spec.option("disk.durability", durability));
  }

  static FaultyCache opened(Path file) {
    return new FaultyCache(FaultyDisk.anew(), file, spec -> spec);
  }

  /** A file that may have so many pages and no more. */
  static FaultyCache limited(Path file, long pages) {
    var faults = FaultyDisk.anew();
    FaultyDisk.pages(pages);
    return new FaultyCache(faults, file, spec -> spec);
  }

  /** With the faults that there are. */
  static FaultyCache again(DiskFaults faults, Path file) {
    return new FaultyCache(faults, file, spec -> spec);
  }

  static UnaryOperator<CacheSpec.Builder<String, String>> policy(FailurePolicy policy) {
    return spec -> spec.onFailure(policy);
  }

  static String stock(int number) {
    return "stock-" + number;
  }

  /** A value too large for the memory tier. */
  static String large(String name) {
    return name + "x".repeat(2_000);
  }

  Health health() {
    return cache.control().health();
  }

  /** Returns when health says this word among its reasons. */
  void awaitReason(String word) {
    await(() -> health().reasons().toString().contains(word), () -> "" + health());
    assertEquals(Health.Status.DEGRADED, health().status());
  }

  void awaitHealthy() {
    await(() -> health().status() == Health.Status.HEALTHY, () -> "" + health());
  }

  /** Waits for what threads of the cache bring about by themselves. */
  static void await(BooleanSupplier condition, java.util.function.Supplier<String> otherwise) {
    for (long waited = 0; !condition.getAsBoolean(); waited += STEP) {
      if (waited > Actor.PATIENCE.toNanos()) {
        throw new AssertionError("waited in vain: " + otherwise.get());
      }
      LockSupport.parkNanos(STEP);
    }
  }

  /** Returns when a copy of this entry is in memory, so that reading it needs the disk no more. */
  void awaitCopy(String key) {
    // Committed, or what waits for a commit would answer.
    cache.control().purge();
    await(
        () -> {
          var before = faults.passed(DiskStep.READ);
          assertNotNull(cache.get(key));
          return faults.passed(DiskStep.READ) == before;
        },
        () -> "reads of " + key + " go to the disk");
  }

  /** Every entry of the stock, from wherever it is. */
  void assertStock() {
    for (int i = 0; i < STOCK; i++) {
      assertEquals(stock(i), cache.get(stock(i)));
    }
  }

  @Override
  public void close() {
    faults.calm();
    larder.close();
  }
}
