package dev.larder.disk;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.VirtualScheduler;
import dev.larder.testkit.contract.CacheFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The engine over disk stores, under the contract suites. */
final class DiskFixture implements CacheFixture {
  private final VirtualClock clock = new VirtualClock();
  private final VirtualScheduler scheduler = new VirtualScheduler(clock);
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Map<String, String> options = new HashMap<>();
  private final Larder larder = anotherManager();
  private @Nullable Path directory;

  private DiskFixture(String path) {
    options.put("disk.path", path);
  }

  /** Over databases in memory. */
  static DiskFixture inMemory() {
    return new DiskFixture(DiskFiles.MEMORY);
  }

  /** Over a file in a new directory, which goes in the end. */
  static DiskFixture file() {
    try {
      var directory = Files.createTempDirectory("larder-disk");
      var fixture = new DiskFixture(directory.resolve("cache.db").toString());
      fixture.directory = directory;
      return fixture;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With an option for all caches. */
  DiskFixture option(String name, String value) {
    options.put(name, value);
    return this;
  }

  /** Without copies in memory, so that every operation comes to the disk. */
  DiskFixture withoutCopies() {
    return option("memory.maximum-entries", "0");
  }

  /** A manager like the one of this fixture; the caller closes it. */
  Larder anotherManager() {
    return Larder.builder().clock(clock).scheduler(scheduler).executor(executor).open();
  }

  @Override
  public <K, V> CacheSpec<K, V> placed(CacheSpec<K, V> spec) {
    var builder = spec.toBuilder().topology("disk");
    options.forEach(builder::option);
    return builder.build();
  }

  @Override
  public <K, V> Cache<K, V> open(CacheSpec<K, V> spec) {
    return larder.create(placed(spec));
  }

  @Override
  public Larder larder() {
    return larder;
  }

  @Override
  public VirtualClock clock() {
    return clock;
  }

  @Override
  public void advance(Duration step) {
    scheduler.advance(step);
  }

  @Override
  public boolean bulkAllOrNothing() {
    return true;
  }

  @Override
  public boolean byReference() {
    return false;
  }

  @Override
  public boolean choosesPolicy() {
    return false;
  }

  @Override
  public void close() {
    larder.close();
    executor.shutdownNow();
    if (directory != null) {
      delete(directory);
    }
  }

  private static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
