package dev.larder;

import org.jspecify.annotations.Nullable;

/** A value could not be turned to bytes or back. */
public final class CodecException extends CacheException {
  private static final long serialVersionUID = 1L;

  /** With a message and, where there is one, a cause. */
  public CodecException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** With a message alone. */
  public CodecException(String message) {
    super(message, null);
  }
}
