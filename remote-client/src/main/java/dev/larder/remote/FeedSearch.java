package dev.larder.remote;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * What is done about a stream that cannot be opened. That says little, and is no request that the
 * link learns from. An ordinary request has the link find another host if this one is gone, and
 * shows whether the cache is still there. Safe for all threads.
 */
final class FeedSearch {
  private final String place;
  private final Link link;
  private final Executor executor;
  private final Runnable unknown;
  private final Consumer<RuntimeException> failed;

  /**
   * For one cache.
   *
   * @param place the path of the cache
   * @param executor where {@code unknown} runs
   * @param unknown called when the server says that it does not know the cache: to create it
   * @param failed told why it could not be asked for, or created
   */
  FeedSearch(
      String place,
      Link link,
      Executor executor,
      Runnable unknown,
      Consumer<RuntimeException> failed) {
    this.place = place;
    this.link = link;
    this.executor = executor;
    this.unknown = unknown;
    this.failed = failed;
  }

  /** Asks for the cache; returns at once. */
  void lookAround() {
    try {
      var unused = link.send(Ask.bare("GET", place, true)).thenAccept(this::looked);
    } catch (RuntimeException e) {
      // The link knows now, and says so in its own problems; the stream is tried again in any case.
      failed.accept(e);
    }
  }

  private void create() {
    try {
      unknown.run();
    } catch (RuntimeException e) {
      // The stream is tried again in any case, and then this is.
      failed.accept(e);
    }
  }

  private void looked(Reply reply) {
    if (reply.status() == 404) {
      try {
        executor.execute(this::create);
      } catch (RejectedExecutionException e) {
        failed.accept(e);
      }
    }
  }
}
