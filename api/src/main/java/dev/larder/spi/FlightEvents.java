package dev.larder.spi;

import dev.larder.RemovalCause;
import jdk.jfr.FlightRecorder;

/**
 * What Larder tells the flight recorder of the JDK: loads, waits for loads of others, entries that
 * left for space or time, commits to a disk, and waits for leases; names of caches, counts and
 * times, never a key or a value. Every event is off unless a recording asks for it by name; then a
 * call here costs a branch. On the path of a hit there is none.
 *
 * <p>Works without the module {@code jdk.jfr}: nothing is recorded then. No other class names the
 * event classes, since without that module they cannot be loaded.
 */
public final class FlightEvents {
  private static final boolean HERE = here();

  private FlightEvents() {}

  /** A named module that was resolved without the flight recorder cannot read it, also later. */
  private static boolean here() {
    var recorder = ModuleLayer.boot().findModule("jdk.jfr");
    return recorder.isPresent() && FlightEvents.class.getModule().canRead(recorder.get());
  }

  /**
   * Whether there may be a recording. The first event that is made starts the recorder, which takes
   * a tenth of a second; nobody who records nothing is to wait for that.
   */
  private static boolean on() {
    return HERE && FlightRecorder.isInitialized();
  }

  /**
   * A loader begins.
   *
   * @param keys how many keys it is asked for
   */
  public static Span load(String cache, int keys) {
    return on() ? new LoadEvent(keys).begun(cache) : Span.NONE;
  }

  /**
   * A caller begins to wait for the load of somebody else.
   *
   * @param elsewhere whether that is another process
   */
  public static Span loadWait(String cache, boolean elsewhere) {
    return on() ? new LoadWaitEvent(elsewhere).begun(cache) : Span.NONE;
  }

  /** Somebody begins to wait for a lease of a key at a server. */
  public static Span leaseWait(String cache) {
    return on() ? new LeaseWaitEvent().begun(cache) : Span.NONE;
  }

  /**
   * Changes begin to be brought to a disk.
   *
   * @param rows how many entries change
   * @param forced whether it ends when they are safe from a loss of power
   */
  public static Span diskFlush(String cache, int rows, boolean forced) {
    return on() ? new DiskFlushEvent(rows, forced).begun(cache) : Span.NONE;
  }

  /**
   * An entry, or a copy in a tier in front, has left by itself.
   *
   * @param tier where it was, as {@link dev.larder.TierStats} names it
   */
  public static void left(String cache, String tier, RemovalCause cause) {
    if (on()) {
      EvictionEvent.tell(cache, tier, cause);
    }
  }
}
