package dev.larder.jcache;

import dev.larder.CacheException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;

/** Tells a completion listener, if there is one, exactly once how a load ended. */
record Completion(@Nullable CompletionListener listener) {

  static Completion of(@Nullable CompletionListener listener) {
    return new Completion(listener);
  }

  /** Runs the load and tells how it ended. */
  void run(Runnable load) {
    RuntimeException failure = null;
    try {
      load.run();
    } catch (CacheException e) {
      failure = Failures.of(e);
    } catch (RuntimeException e) {
      failure = e;
    }
    if (failure == null) {
      succeed();
    } else {
      fail(failure);
    }
  }

  void succeed() {
    if (listener != null) {
      listener.onCompletion();
    }
  }

  void fail(RuntimeException failure) {
    if (listener != null) {
      listener.onException(
          failure instanceof javax.cache.CacheException known
              ? known
              : new CacheLoaderException("the load failed: " + failure, failure));
    }
  }
}
