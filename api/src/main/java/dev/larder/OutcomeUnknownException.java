package dev.larder;

import org.jspecify.annotations.Nullable;

/** A write was sent and no answer came: it may have happened. */
public final class OutcomeUnknownException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** With a message and, where there is one, a cause. */
  public OutcomeUnknownException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** With a message alone. */
  public OutcomeUnknownException(String message) {
    super(message, null);
  }
}
