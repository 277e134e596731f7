package dev.larder.spi;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Picks the entries that leave when space runs short. A plain single-threaded data structure: every
 * method is called under the policy lock of the store. It holds each entry between {@link #added}
 * and the return of {@link #evict} or {@link #removed}; every method should be O(1) or nearly so.
 * Entries are compared by identity.
 *
 * @param <E> the entries of the store
 */
public interface EvictionPolicy<E extends EvictionPolicy.Element> {

  /** What a policy sees of an entry. */
  interface Element {

    /** The spread hash of the key; constant. */
    int hash();

    /** The weight, 0 or more; 1 in caches without weights. */
    int weight();

    /** When the entry expires, {@link dev.larder.Life#FOREVER} for never. */
    long deadline();

    /** Whether the entry was read since the last call, and forgets it. */
    boolean takeReference();

    /** A number that belongs to the policy; 0 before {@link EvictionPolicy#added}. */
    int index();

    /** Sets the number that belongs to the policy. */
    void index(int index);
  }

  /** A new entry is in the cache. */
  void added(E entry);

  /**
   * An entry was read. Called only for entries of which {@link #recordsAccess} said so. Some reads
   * may be told late, or left out under contention.
   */
  default void accessed(E entry) {}

  /**
   * The value, weight or deadline of an entry changed. Called only where {@link #recordsUpdates},
   * or when the weight changed.
   */
  default void updated(E entry, int weightBefore) {}

  /** An entry left for another reason. */
  void removed(E entry);

  /**
   * Picks the next victim among the entries that may leave, gives it up and returns it; null when
   * there is none. Entries that may not leave now keep their place or get another round.
   */
  @Nullable E evict(Predicate<? super E> mayLeave);

  /**
   * The cache may from now on hold this many entries, or this weight where it is bounded by weight.
   */
  default void resized(long capacity) {}

  /**
   * Whether it must be told of every read of this entry, which its readers pay for; if not, {@link
   * Element#takeReference} is all it learns. Asked right after {@link #added} and again before
   * {@link #accessed}; once the answer is false, reads of this entry are told no more.
   */
  default boolean recordsAccess(E entry) {
    return false;
  }

  /**
   * Whether the reads it is told of are a sample, of which any part may be left out, also without
   * contention. Constant. Readers pay much less for it.
   */
  default boolean samplesAccess() {
    return false;
  }

  /**
   * Shows every entry held, the ones to leave next first, as far as the policy has an order;
   * changes nothing. O(n).
   */
  void visit(Consumer<? super E> visitor);

  /** Whether it must be told of every write to a present entry. */
  default boolean recordsUpdates() {
    return false;
  }

  /** Makes policies of one name; found with {@link java.util.ServiceLoader}. */
  interface Provider {

    /** The name in the configuration, in lower case. */
    String name();

    /**
     * An empty policy.
     *
     * @param capacity how many entries, or how much weight, the cache may hold; {@link
     *     dev.larder.Bounds#NONE} when it has no bound yet
     */
    <E extends Element> EvictionPolicy<E> create(long capacity);
  }
}
