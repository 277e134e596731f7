package dev.larder.spi;

/**
 * Where a store reports changes. A local store calls it while it holds the key, so that the order
 * is that of the changes: the receiver only takes note. A store that waits calls it on a thread of
 * its own, in order for each key, each event once; it detects losses by the sequence.
 */
public interface StoreEvents<K, V> {

  /** An entry was created, updated or removed. */
  void changed(K key, Change<V> change, long sequence);

  /** The events from {@code first} to before {@code next} were lost. */
  void gap(long first, long next);

  /**
   * Copies of the entry older than this version are outdated: it left without the user's doing, or
   * somebody else changed it. Told whether or not anybody {@linkplain #wanted listens}, where the
   * change itself happens; does nothing unless a tier in front keeps copies.
   */
  default void outdated(K key, long version) {}

  /** As {@link #outdated(Object, long)}, for every entry. */
  default void outdatedAll() {}

  /**
   * Whether a tier in front keeps copies, so that {@link #outdated}, {@link #outdatedAll} and
   * {@link #confirmed} have to be told of what others change.
   */
  default boolean keepsCopies() {
    return false;
  }

  /**
   * For how long, in milliseconds, copies are shown after the last moment that was {@linkplain
   * #confirmed confirmed}; {@link dev.larder.Life#FOREVER} where nobody has to confirm anything.
   */
  default long maxStaleness() {
    return dev.larder.Life.FOREVER;
  }

  /**
   * Every change that was in force at this moment, by {@link dev.larder.Clock#ticks}, has been
   * told. A tier whose authority can be changed by others shows copies only for a stated time after
   * the last such moment. Does nothing unless a tier in front keeps copies.
   */
  default void confirmed(long ticks) {}

  /**
   * Whether anybody listens; while nobody does a local store need not report. Read on every write.
   */
  boolean wanted();

  /** A receiver that wants nothing. */
  static <K, V> StoreEvents<K, V> none() {
    return new None<>();
  }

  /** The receiver that wants nothing. */
  record None<K, V>() implements StoreEvents<K, V> {
    @Override
    public void changed(K key, Change<V> change, long sequence) {}

    @Override
    public void gap(long first, long next) {}

    @Override
    public boolean wanted() {
      return false;
    }
  }
}
