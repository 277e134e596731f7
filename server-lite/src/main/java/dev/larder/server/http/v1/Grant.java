package dev.larder.server.http.v1;

import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import dev.larder.spi.Stored;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A lease that somebody holds. Its stage and its timer belong to the {@link LeaseTable}, under
 * whose lock they are used.
 */
final class Grant {
  /** Where it is in its life. */
  enum Stage {
    /** Its holder has it. */
    HELD,
    /** Its holder sent a change, which is being made: it does not run out meanwhile. */
    COMMITTING,
    /** It is over. */
    ENDED
  }

  private final Bytes key;
  private final String id;
  private final long fence;
  private final long until;
  private volatile boolean superseded;
  private volatile @Nullable Stored<Payload> seen;
  private Stage stage = Stage.HELD;
  private @Nullable Future<?> timer;

  /**
   * A lease on a key.
   *
   * @param id what its holder calls it
   * @param until the instant it runs out
   */
  Grant(Bytes key, String id, long fence, long until) {
    this.key = key;
    this.id = id;
    this.fence = fence;
    this.until = until;
  }

  Bytes key() {
    return key;
  }

  String id() {
    return id;
  }

  long fence() {
    return fence;
  }

  long until() {
    return until;
  }

  /** The entry as it was when the lease began. */
  @Nullable Stored<Payload> seen() {
    return seen;
  }

  /**
   * The lease begins with this entry. Under the lock of the key, so that a change is either seen
   * here or supersedes the lease.
   */
  boolean begin(@Nullable Stored<Payload> entry) {
    seen = entry;
    superseded = false;
    return true;
  }

  /** Somebody who knows no leases changed the entry. */
  void supersede() {
    superseded = true;
  }

  /**
   * Whether its holder may change this entry: nobody else did since the lease began. One that has
   * left for time or space meanwhile was changed by nobody.
   */
  boolean holds(@Nullable Stored<Payload> current) {
    var known = seen;
    return !superseded
        && (current == null || (known != null && known.version() == current.version()));
  }

  Stage stage() {
    return stage;
  }

  void stage(Stage next) {
    stage = next;
  }

  /** What makes it run out. */
  void timer(Future<?> running) {
    timer = running;
  }

  void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
