package dev.larder;

import org.jspecify.annotations.Nullable;

/**
 * User code that decides about an entry (expiry, weigher) failed on a write; nothing was stored.
 */
public final class HookException extends CacheException {
  private static final long serialVersionUID = 1L;

  /** With a message and, where there is one, a cause. */
  public HookException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** With a message alone. */
  public HookException(String message) {
    super(message, null);
  }
}
