package dev.larder.annotations;

import dev.larder.RecursiveLoadException;
import dev.larder.SingleFlight;
import java.util.concurrent.Callable;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Computing once over caches of Larder, by their own single flight: it is outdated by any change of
 * the key, whoever makes it, and on topology {@code remote} shared by processes.
 */
final class SharedFlights {
  /** Whether Larder is there at all; with other providers it need not be. */
  private static final boolean PRESENT = present();

  private SharedFlights() {}

  private static boolean present() {
    try {
      Class.forName("dev.larder.SingleFlight", false, SharedFlights.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  static boolean serve(Cache<?, ?> cache) {
    return PRESENT && Larder.is(cache);
  }

  /** What is held for the key once it was computed, by this call or by another. */
  static @Nullable Object held(Work work) throws Throwable {
    return Larder.held(work);
  }

  /** All that touches classes of Larder. */
  private static final class Larder {

    static boolean is(Cache<?, ?> cache) {
      return cache instanceof SingleFlight;
    }

    @SuppressWarnings("unchecked") // the same keys and values
    static @Nullable Object held(Work work) throws Throwable {
      var flights = (SingleFlight<Object, Object>) work.cache();
      for (int joined = 0; joined < Flights.JOINS; joined++) {
        var mine = new Attempt(work);
        try {
          return flights.getOrCompute(work.key(), mine);
        } catch (RuntimeException e) {
          if (e.getCause() instanceof RecursiveLoadException && !mine.began) {
            return work.compute();
          }
          var thrown = thrown(e, mine);
          if (mine.thrown != null || !(thrown instanceof InterruptedException)) {
            throw thrown;
          }
        }
      }
      return work.compute();
    }

    /** What the method threw, whoever called it, or what became of the load otherwise. */
    private static Throwable thrown(RuntimeException failure, Attempt mine) {
      var own = mine.thrown;
      if (own != null) {
        return own;
      }
      @Nullable Throwable cause = failure.getCause();
      return cause instanceof Computed computed ? computed.thrown : failure;
    }
  }

  /** The computation of one caller, and what became of it. */
  private static final class Attempt implements Callable<@Nullable Object> {
    private final Work work;
    private volatile boolean began;
    private volatile @Nullable Throwable thrown;

    Attempt(Work work) {
      this.work = work;
    }

    @Override
    public @Nullable Object call() throws Computed {
      began = true;
      try {
        return work.compute();
      } catch (Throwable e) {
        thrown = e;
        throw new Computed(e);
      }
    }
  }

  /** Carries what a method threw to whoever waits for it, past those who would interpret it. */
  static final class Computed extends Exception {
    private static final long serialVersionUID = 1L;

    final Throwable thrown;

    Computed(Throwable thrown) {
      super(thrown.toString(), thrown, false, false);
      this.thrown = thrown;
    }
  }
}
