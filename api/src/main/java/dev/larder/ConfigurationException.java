package dev.larder;

import org.jspecify.annotations.Nullable;

/** A configuration is wrong; the message says where and what is allowed. */
public final class ConfigurationException extends CacheException {
  private static final long serialVersionUID = 1L;

  /** With a message and, where there is one, a cause. */
  public ConfigurationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** With a message alone. */
  public ConfigurationException(String message) {
    super(message, null);
  }
}
