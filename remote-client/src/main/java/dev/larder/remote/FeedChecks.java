package dev.larder.remote;

import dev.larder.Life;
import dev.larder.spi.Bytes;
import dev.larder.spi.Context;
import dev.larder.spi.Payload;
import dev.larder.spi.StoreEvents;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a stream of events is looked after, and what its silence means. {@link #start}, {@link
 * #stop} and {@link #on} under the lock of {@link FeedLine}; the rest is safe for all threads.
 */
final class FeedChecks {
  /** How long a stream may take to begin. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How often the line is tried while only listeners want it. */
  private static final Duration CHECK = Duration.ofSeconds(5);

  /** So many checks within the time that copies are shown. */
  private static final int SHARE = 3;

  /** A stream is silent when nothing came for so many checks, and for so long. */
  private static final int SILENT_CHECKS = 3;

  private static final Duration SILENCE = Duration.ofSeconds(2);

  private final StoreEvents<Bytes, Payload> events;
  private final Context context;
  private final Runnable check;
  private @Nullable ScheduledFuture<?> turns;

  /**
   * Not started.
   *
   * @param check run on the context's scheduler, again and again
   */
  FeedChecks(StoreEvents<Bytes, Payload> events, Context context, Runnable check) {
    this.events = events;
    this.context = context;
    this.check = check;
  }

  /** Starts them; nothing if they go on already. */
  void start() {
    if (turns == null) {
      var every = interval().toNanos();
      turns = context.scheduler().scheduleWithFixedDelay(check, every, every, TimeUnit.NANOSECONDS);
    }
  }

  void stop() {
    if (turns != null) {
      turns.cancel(false);
      turns = null;
    }
  }

  boolean on() {
    return turns != null;
  }

  private Duration interval() {
    var staleness = events.keepsCopies() ? events.maxStaleness() : Life.FOREVER;
    return staleness == Life.FOREVER
        ? CHECK
        : Duration.ofMillis(Math.min(CHECK.toMillis(), Math.max(1, staleness / SHARE)));
  }

  /** After so long without a word a line is likely dead, in nanoseconds. */
  long silence() {
    return Math.max(SILENT_CHECKS * interval().toNanos(), SILENCE.toNanos());
  }

  /** What the silence of a stream means; null where it means nothing yet. */
  @Nullable String failure(FeedStream stream) {
    var silent = context.clock().ticks() - stream.heardAt();
    if (!stream.started()) {
      return silent > PATIENCE.toNanos() ? "it did not begin" : null;
    }
    return silent > silence() && !stream.listener().isEmpty()
        ? "nothing came by it any more"
        : null;
  }
}
