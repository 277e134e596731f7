package dev.larder.engine;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a cache on few keys. Each outcome must be that of some order of the same calls
 * on a {@link java.util.HashMap}.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public abstract class CacheLincheck {
  private static final Larder LARDER = Larder.open();
  private static final AtomicLong NEXT = new AtomicLong();
  private static final AtomicReference<@Nullable Cache<?, ?>> LAST = new AtomicReference<>();

  private final Map<Integer, Integer> map;
  private final @Nullable Cache<Integer, Integer> cache;

  /** The cache under test. */
  CacheLincheck(CacheSpec.Builder<Integer, Integer> spec) {
    cache = LARDER.create(spec.cleanupInterval(Duration.ZERO).build());
    map = cache.asMap();
    // One scenario runs after the other, and none goes on when the next has begun.
    var before = LAST.getAndSet(cache);
    if (before != null) {
      before.close();
    }
  }

  /** What it is compared with. */
  CacheLincheck(Map<Integer, Integer> sequential) {
    cache = null;
    map = sequential;
  }

  static CacheSpec.Builder<Integer, Integer> spec() {
    return CacheSpec.of("lincheck-" + NEXT.incrementAndGet(), Integer.class, Integer.class);
  }

  @Operation
  public @Nullable Integer get(@Param(name = "key") int key) {
    return cache == null ? map.get(key) : cache.get(key);
  }

  /** Past the way of single reads, where there are two tiers. */
  @Operation
  public @Nullable Integer getAll(@Param(name = "key") int key) {
    return cache == null ? map.get(key) : cache.getAll(Set.of(key)).get(key);
  }

  @Operation
  public @Nullable Integer put(@Param(name = "key") int key, @Param(name = "value") int value) {
    return map.put(key, value);
  }

  @Operation
  public @Nullable Integer putIfAbsent(
      @Param(name = "key") int key, @Param(name = "value") int value) {
    return map.putIfAbsent(key, value);
  }

  @Operation
  public @Nullable Integer replace(@Param(name = "key") int key, @Param(name = "value") int value) {
    return map.replace(key, value);
  }

  @Operation
  public boolean replaceEqual(
      @Param(name = "key") int key,
      @Param(name = "value") int expected,
      @Param(name = "value") int value) {
    return map.replace(key, expected, value);
  }

  @Operation
  public @Nullable Integer remove(@Param(name = "key") int key) {
    return map.remove(key);
  }

  @Operation
  public boolean removeEqual(@Param(name = "key") int key, @Param(name = "value") int value) {
    return map.remove(key, value);
  }

  /** With user code, which runs under a grant. */
  @Operation
  public @Nullable Integer compute(@Param(name = "key") int key) {
    return map.compute(
        key, (same, value) -> value == null ? Integer.valueOf(1) : value > 2 ? null : value + 1);
  }
}
