package dev.larder.spi;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A fenced grant on one key, so that user code runs once on its entry. Other writers of the key
 * wait, at most as long as the lease; reads pass; expiry and eviction leave the key alone. An
 * absent key can be leased.
 */
public interface Lease<V> {

  /** The entry; what is called on it takes effect with {@link #commit}. */
  Slot<V> slot();

  /** A number larger than that of every earlier grant on the key. */
  long fence();

  /**
   * Applies what was called on the slot and ends the lease. The stage gives the change, null when
   * there was none; it fails with a {@link dev.larder.LeaseLostException} when the lease had run
   * out, in which case nothing was changed.
   */
  CompletionStage<@Nullable Change<V>> commit();

  /**
   * After a {@link #commit} that wrote a value: the entry now in force, for a tier in front to
   * copy; null otherwise, and where the store does not tell.
   */
  default @Nullable Stored<V> after() {
    return null;
  }

  /** Ends the lease and changes nothing; does nothing after {@link #commit}. */
  void release();
}
