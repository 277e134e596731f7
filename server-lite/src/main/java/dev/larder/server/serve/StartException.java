package dev.larder.server.serve;

/** A server could not start for a reason outside its settings; nothing stays open. */
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
