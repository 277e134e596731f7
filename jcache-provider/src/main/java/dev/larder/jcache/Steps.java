package dev.larder.jcache;

import org.jspecify.annotations.Nullable;

/** Steps that are all taken, also when one before failed. For one thread. */
final class Steps {
  private @Nullable RuntimeException failure;

  /** Takes a step; what it throws is thrown at the {@link #end}. */
  void take(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      if (failure == null) {
        failure = e;
      } else {
        failure.addSuppressed(e);
      }
    }
  }

  /** Throws what the first step that failed did, with the others suppressed, as JCache knows it. */
  void end() {
    var first = failure;
    if (first != null) {
      throw first instanceof dev.larder.CacheException own ? Failures.of(own) : first;
    }
  }
}
