package dev.larder.testkit.contract;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.testkit.VirtualClock;
import java.time.Duration;

/**
 * How the suites get at the cache under test. One fixture serves one test: it starts with no caches
 * and on {@link #close} closes what it opened and deletes shared data.
 */
public interface CacheFixture extends AutoCloseable {

  /**
   * Opens a cache of that description, placed where this fixture tests; the time it lives by is
   * {@link #clock}.
   */
  <K, V> Cache<K, V> open(CacheSpec<K, V> spec);

  /** The time of all caches of this fixture. */
  VirtualClock clock();

  /** Moves the clock and runs the periodic work and timeouts that fall due on the way. */
  void advance(Duration step);

  /**
   * The manager that {@link #open} uses; throws {@link UnsupportedOperationException} where there
   * is none.
   */
  default Larder larder() {
    throw new UnsupportedOperationException("this fixture has no manager");
  }

  /**
   * Completes a description for {@link #larder}, as {@link #open} does: says where its entries are
   * kept.
   */
  default <K, V> CacheSpec<K, V> placed(CacheSpec<K, V> spec) {
    return spec;
  }

  /**
   * By how many entries a cache may be above its bound after an operation, as it states; none
   * unless said otherwise.
   */
  default long slack() {
    return 0;
  }

  /** Whether bulk writes are in force as a whole or not at all; false where each stands alone. */
  default boolean bulkAllOrNothing() {
    return false;
  }

  /** Whether entries are the user's own objects; false where they are kept as bytes. */
  default boolean byReference() {
    return true;
  }

  /**
   * Whether the place of entries picks victims by the policy the description names; false where it
   * has one of its own.
   */
  default boolean choosesPolicy() {
    return true;
  }

  /**
   * Whether an entry stays for want of space while the code of a user has its key; false where it
   * may leave, and the code goes on with what it has seen.
   */
  default boolean keepsWhatIsLeased() {
    return true;
  }

  @Override
  void close();
}
