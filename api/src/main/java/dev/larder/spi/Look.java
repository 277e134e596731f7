package dev.larder.spi;

import dev.larder.MissCause;
import org.jspecify.annotations.Nullable;

/**
 * What a look found.
 *
 * @param entry the live entry, or null
 * @param fillToken for a miss under {@link Touch#FILL}: what a load must give back; else 0
 * @param missing why there is no entry, null when there is one
 */
public record Look<V>(@Nullable Stored<V> entry, long fillToken, @Nullable MissCause missing) {

  /** A look that found the entry. */
  public static <V> Look<V> hit(Stored<V> entry) {
    return new Look<>(entry, 0, null);
  }

  /** A look that found nothing. */
  public static <V> Look<V> miss(long fillToken, MissCause cause) {
    return new Look<>(null, fillToken, cause);
  }
}
