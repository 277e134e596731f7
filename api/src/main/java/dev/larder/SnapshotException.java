package dev.larder;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot could not be written, or its file is not one that can be restored. The message names
 * the file, the place in it where that is known, and what is allowed.
 */
public final class SnapshotException extends CacheException {
  private static final long serialVersionUID = 1L;

  /** With a message and, where there is one, a cause. */
  public SnapshotException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** With a message alone. */
  public SnapshotException(String message) {
    super(message, null);
  }
}
