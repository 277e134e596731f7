package dev.larder.server.core;

import org.jspecify.annotations.Nullable;

/** Too much work waits already; the operation was not begun. */
public final class BusyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With what is said to the client. */
  public BusyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
