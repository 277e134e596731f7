package dev.larder;

import org.jspecify.annotations.Nullable;

/**
 * The root of all exceptions of Larder but those for bad arguments. Unchecked. The message names
 * the cache and what is allowed.
 */
public sealed class CacheException extends RuntimeException
    permits BatchException,
        CacheClosedException,
        CacheLoadException,
        CacheWriteException,
        CodecException,
        ConfigurationException,
        HookException,
        RecursiveUpdateException,
        SnapshotException,
        StoreException {
  private static final long serialVersionUID = 1L;

  CacheException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
