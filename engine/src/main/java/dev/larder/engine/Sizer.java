package dev.larder.engine;

import dev.larder.Bounds;
import dev.larder.CacheSpec;
import dev.larder.HookException;
import dev.larder.Weigher;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import org.jspecify.annotations.Nullable;

/**
 * What an entry costs, in caches that ask. Where it is {@link #foreign}, never call it under a
 * lock.
 */
final class Sizer<K, V> {
  /**
   * What the engine itself keeps for an entry: its node, and as measured for the default policy,
   * its share of the table and its place in the policy.
   */
  static final long ENTRY_OVERHEAD = ObjectLayout.of(RichNode.class).shallow() + 40;

  /**
   * The cost of one entry.
   *
   * @param weight against the bound by weight
   * @param bytes against the bound by bytes, 0 where there is none
   */
  record Size(int weight, long bytes) {}

  private final String cache;
  private final @Nullable Weigher<? super K, ? super V> weigher;
  private final boolean countsBytes;
  private final boolean foreign;

  private Sizer(
      String cache,
      @Nullable Weigher<? super K, ? super V> weigher,
      boolean countsBytes,
      boolean foreign) {
    this.cache = cache;
    this.weigher = weigher;
    this.countsBytes = countsBytes;
    this.foreign = foreign;
  }

  /** The sizer of a cache, or null where every entry counts one. */
  static <K, V> @Nullable Sizer<K, V> of(CacheSpec<K, V> spec) {
    var countsBytes = spec.bounds().bytes() != Bounds.NONE;
    var weigher = spec.hooks().weigher();
    var foreign =
        weigher != null
            || spec.keyType() != (Object) Bytes.class
            || spec.valueType() != (Object) Payload.class;
    return weigher == null && !countsBytes
        ? null
        : new Sizer<>(spec.name(), weigher, countsBytes, foreign);
  }

  /** Whether it may run code that is not ours, as estimating objects of a user does. */
  boolean foreign() {
    return foreign;
  }

  /** Throws {@link HookException} when the weigher refuses the entry. */
  void check(K key, V value) {
    if (weigher != null) {
      weigh(weigher, key, value);
    }
  }

  /** The cost; throws {@link HookException} when the weigher fails. */
  Size size(K key, V value) {
    var bytes =
        countsBytes ? Footprint.estimate(key) + Footprint.estimate(value) + ENTRY_OVERHEAD : 0;
    var weight =
        weigher == null ? (int) Math.min(Integer.MAX_VALUE, bytes) : weigh(weigher, key, value);
    return new Size(weight, bytes);
  }

  private int weigh(Weigher<? super K, ? super V> asked, K key, V value) {
    int weight;
    try {
      weight = asked.weigh(key, value);
    } catch (RuntimeException e) {
      throw new HookException(
          "cache '" + cache + "': the weigher " + asked.getClass().getName() + " threw: " + e, e);
    }
    if (weight < 0) {
      throw new HookException(
          "cache '"
              + cache
              + "': the weigher "
              + asked.getClass().getName()
              + " gave "
              + weight
              + "; a weight is 0 or more");
    }
    return weight;
  }
}
