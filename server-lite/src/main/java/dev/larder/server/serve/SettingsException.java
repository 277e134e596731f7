package dev.larder.server.serve;

/** The settings of a server are wrong; nothing was started. The message is for the operator. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SettingsException(String message) {
    super(message);
  }

  SettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
