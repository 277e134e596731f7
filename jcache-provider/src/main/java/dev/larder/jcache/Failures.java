package dev.larder.jcache;

import dev.larder.BatchException;
import dev.larder.CacheClosedException;
import dev.larder.CacheException;
import dev.larder.CacheLoadException;
import dev.larder.CacheWriteException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/** The exceptions of Larder as those of JSR-107, with the cause where a caller looks for it. */
final class Failures {
  private Failures() {}

  /** What to throw in place of an exception of Larder. */
  static RuntimeException of(CacheException failure) {
    @Nullable Throwable cause = failure.getCause();
    if (failure instanceof CacheClosedException) {
      return new IllegalStateException(failure.getMessage(), failure);
    }
    if (failure instanceof CacheLoadException) {
      return cause instanceof CacheLoaderException own
          ? own
          : new CacheLoaderException(failure.getMessage(), cause == null ? failure : cause);
    }
    if (failure instanceof CacheWriteException) {
      return cause instanceof CacheWriterException own
          ? own
          : new CacheWriterException(failure.getMessage(), cause == null ? failure : cause);
    }
    if (failure instanceof BatchException batch) {
      return ofBatch(batch);
    }
    return new javax.cache.CacheException(failure.getMessage(), failure);
  }

  /** A batch that failed for one reason throws as the operation on one key would. */
  private static RuntimeException ofBatch(BatchException batch) {
    @Nullable Throwable cause = batch.getCause();
    if (cause instanceof CacheException larder) {
      return of(larder);
    }
    if (cause instanceof RuntimeException known && cause instanceof javax.cache.CacheException) {
      return known;
    }
    return new javax.cache.CacheException(batch.getMessage(), batch);
  }
}
