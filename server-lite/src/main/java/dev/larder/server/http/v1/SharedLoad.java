package dev.larder.server.http.v1;

import dev.larder.spi.Bytes;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A load that one client does and others wait for. All but its key and its time belongs to the
 * {@link LoadTable}, under whose lock it is used.
 */
final class SharedLoad {
  /** Where it is in its life. */
  enum Stage {
    /** Its client is about to get a token. */
    BEGUN,
    /** The same, and the key was changed meanwhile. */
    CHANGED,
    /** Its client has a token. */
    STARTED,
    /** It is over, or never was one that others know of. */
    ENDED
  }

  private final Bytes key;
  private final long until;
  final Set<Waiting> waiting = new LinkedHashSet<>();
  Stage stage = Stage.BEGUN;
  volatile long token;
  @Nullable Future<?> timer;

  /**
   * A load of a key.
   *
   * @param until the instant it is over at the latest
   */
  SharedLoad(Bytes key, long until) {
    this.key = key;
    this.until = until;
  }

  Bytes key() {
    return key;
  }

  long until() {
    return until;
  }

  /** One who waits; its callbacks are called outside of all locks, one of them once. */
  abstract static class Waiting {
    @Nullable Future<?> timer;
    @Nullable SharedLoad load;
    boolean withdrawn;

    /** No load is under way any more. */
    abstract void over();

    /** It has waited long enough, and the load goes on for so many milliseconds at most. */
    abstract void still(long left);

    void cancelTimer() {
      if (timer != null) {
        timer.cancel(false);
      }
    }
  }
}
