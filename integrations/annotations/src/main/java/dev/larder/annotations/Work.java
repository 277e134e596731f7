package dev.larder.annotations;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;

/**
 * One call of a method with {@link CacheResult}. What is <em>held</em> is what the cache holds,
 * which stands for what the method returns as its {@link Form} says.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whoever called the method gets it, as an Object
record Work(
    Details<CacheResult> details,
    Conventions conventions,
    Call call,
    Cache<Object, Object> cache,
    @Nullable Cache<Object, Object> exceptions,
    Object key) {

  /** Throws the exception that is cached for the key, if there is one; else calls the method. */
  @Nullable Object compute() throws Throwable {
    var cached = cachedException();
    if (cached != null) {
      throw cached;
    }
    return heldFor(proceed());
  }

  @Nullable Throwable cachedException() {
    if (exceptions == null) {
      return null;
    }
    @Nullable Object cached = exceptions.get(key);
    if (cached == null || cached instanceof Throwable) {
      return (Throwable) cached;
    }
    throw new CacheException(
        details
            + ": its exception cache '"
            + exceptions.getName()
            + "' holds "
            + cached.getClass().getName()
            + " for key "
            + key
            + ", which is no exception; give exceptions a cache of their own");
  }

  /** What the method returns. An exception is cached where that was asked for. */
  @Nullable Object proceed() throws Throwable {
    try {
      return call.proceed();
    } catch (Throwable e) {
      failed(e);
      throw e;
    }
  }

  /** Calls the method in any case. */
  @Nullable Object proceedAndPut() throws Throwable {
    var held = heldFor(proceed());
    put(held);
    return held;
  }

  /** A cache that cannot keep the exception must not hide it. */
  void failed(Throwable thrown) {
    if (exceptions == null || !covered(thrown)) {
      return;
    }
    try {
      exceptions.put(key, thrown);
    } catch (RuntimeException e) {
      thrown.addSuppressed(e);
    }
  }

  /** An interrupt is the affair of one caller, so it is cached only where it is asked for. */
  private boolean covered(Throwable thrown) {
    var rule = details.attributes().rule();
    return rule.covers(thrown)
        && !(thrown instanceof InterruptedException && rule.included().isEmpty());
  }

  /** What to hold for a returned value; null for nothing. */
  @Nullable Object heldFor(@Nullable Object returned) {
    return details.form().stored(returned, cache, conventions);
  }

  void put(@Nullable Object held) {
    if (held != null) {
      cache.put(key, held);
    }
  }

  /** What the caller gets for what is held. */
  @Nullable Object answer(@Nullable Object held) {
    if (held != null && !details.form().fits(held, conventions)) {
      throw new CacheException(
          details
              + ": cache '"
              + cache.getName()
              + "' holds "
              + held.getClass().getName()
              + " for key "
              + key
              + ", but the method returns "
              + details.form().content().getName()
              + "; give it a cache or a key generator of its own");
    }
    return details.form().returned(held, conventions);
  }

  /** A stage as the method's, which is done when its value is in the cache. */
  @Nullable Object storeLater(@Nullable Object stage) {
    return stage == null ? null : later((CompletionStage<?>) stage, this::put);
  }

  /** As {@link #storeLater}, by somebody who stores. */
  CompletableFuture<@Nullable Object> later(CompletionStage<?> stage, Storing storing) {
    var result = new CompletableFuture<@Nullable Object>();
    var unused =
        stage.whenComplete(
            (value, thrown) -> {
              try {
                if (thrown == null) {
                  var held = heldFor(value);
                  storing.store(held);
                  result.complete(answer(held));
                } else {
                  var cause = cause(thrown);
                  failed(cause);
                  result.completeExceptionally(cause);
                }
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  /** What a stage failed with, without what stages wrap it in. */
  static Throwable cause(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  /** Keeps what came. */
  @FunctionalInterface
  interface Storing {
    void store(@Nullable Object held);
  }
}
