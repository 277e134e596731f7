package dev.larder.engine;

import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import dev.larder.spi.Look;
import dev.larder.spi.Stored;
import dev.larder.spi.WaitingStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads of an authority that may fail: where the failure policy says so, a copy answers then whose
 * freshness has run out, but not its life. Counts them.
 */
final class StaleReads<K, V> {
  private final Function<K, @Nullable Stored<V>> copies;
  private final LongAdder served = new LongAdder();
  private volatile @Nullable StoreException failure;

  /**
   * Nothing has failed yet.
   *
   * @param copies gives the copy of a key that nobody vouches for, or null
   */
  StaleReads(Function<K, @Nullable Stored<V>> copies) {
    this.copies = copies;
  }

  /** None are served: failures are failures. */
  static <K, V> StaleReads<K, V> none() {
    return new StaleReads<>(key -> null);
  }

  Look<V> orCopy(K key, Supplier<Look<V>> read) {
    try {
      var look = read.get();
      answered();
      return look;
    } catch (StoreException e) {
      return instead(key, e);
    }
  }

  CompletionStage<Look<V>> orCopyLater(K key, Supplier<CompletionStage<Look<V>>> read) {
    return begun(read)
        .handle(
            (look, thrown) -> {
              if (thrown == null) {
                answered();
                return look;
              }
              return instead(key, WaitingStore.failure(thrown));
            });
  }

  /** What fails at once fails as what fails later does. */
  static <T> CompletionStage<T> begun(Supplier<CompletionStage<T>> read) {
    try {
      return read.get();
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void answered() {
    if (failure != null) {
      failure = null;
    }
  }

  private Look<V> instead(K key, RuntimeException thrown) {
    var copy = mayServe(thrown) ? copies.apply(key) : null;
    if (copy == null) {
      throw thrown;
    }
    failure = (StoreException) thrown;
    served.increment();
    return Look.hit(copy);
  }

  /** A wait that was broken off is no failure of the authority. */
  private static boolean mayServe(Throwable thrown) {
    return thrown instanceof StoreException && !(thrown instanceof OutcomeUnknownException);
  }

  /** The copies there are in place of a read of several entries. */
  Map<K, Stored<V>> instead(Collection<? extends K> keys, Throwable failed) {
    var thrown = WaitingStore.failure(failed);
    var found = new HashMap<K, Stored<V>>();
    if (mayServe(thrown)) {
      for (K key : keys) {
        var copy = copies.apply(key);
        if (copy != null) {
          found.put(key, copy);
        }
      }
    }
    if (found.isEmpty()) {
      throw thrown;
    }
    failure = (StoreException) thrown;
    served.add(found.size());
    return found;
  }

  /** How many reads a copy answered because the authority failed. */
  long served() {
    return served.sum();
  }

  /** What is wrong, in words; empty once the authority answers again. */
  String problem() {
    var current = failure;
    return current == null
        ? ""
        : "the store fails, and reads show copies that may be outdated, "
            + served.sum()
            + " so far: "
            + current.getMessage();
  }
}
