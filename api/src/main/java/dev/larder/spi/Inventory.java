package dev.larder.spi;

import dev.larder.CacheSpec;
import dev.larder.Clock;
import java.util.Iterator;

/**
 * A cache for whoever carries its entries elsewhere and back, as snapshots do. Every cache that a
 * {@link dev.larder.Larder} gives out is one; ask with {@code instanceof}. Safe for all threads.
 */
public interface Inventory<K, V> {

  /** The description of the cache. */
  CacheSpec<K, V> spec();

  /** The bytes of its keys and values. */
  Codecs codecs();

  /** Its time. */
  Clock clock();

  /** How many entries it may hold now, {@link dev.larder.Bounds#NONE} for any number. */
  long capacity();

  /**
   * The live entries, those to leave next first where the place of the cache knows an order. Weakly
   * consistent: an entry that is written, or comes and goes meanwhile may show as it was or as it
   * is, or not at all; value and remaining life of an entry belong together. No access for expiry
   * or eviction, not counted. In memory it takes one reference an entry, and keeps new entries
   * waiting while it collects them. Lives are told as of this call.
   */
  Iterator<Kept<K, V>> coldestFirst();

  /**
   * Puts an entry back where its key has none, with the life that was left. It goes past the writer
   * and the expiry rule of the user, and is not counted as put; listeners are told of a creation.
   * An entry without a life of its own gets no more than the rule of the cache would now give at
   * most.
   *
   * @return false when the key has an entry, or nothing is left of the life; nothing is changed
   *     then
   */
  boolean putBack(Kept<K, V> entry);
}
