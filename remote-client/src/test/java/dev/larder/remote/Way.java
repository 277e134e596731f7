package dev.larder.remote;

import dev.larder.Clock;
import dev.larder.Placement;
import dev.larder.engine.SystemClock;
import dev.larder.spi.Codecs;
import dev.larder.spi.Context;
import dev.larder.spi.Tap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A link as a test wants it, with threads that end with it. */
final class Way implements AutoCloseable {
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService scheduler;
  private final Context context;
  private final Link link;

  private Way(Map<String, String> options, Clock clock, ScheduledExecutorService scheduler) {
    this.scheduler = scheduler;
    this.context =
        new Context(clock, scheduler, executor, codecs(), Way.class.getClassLoader(), Tap.none());
    this.link = Links.to(options(options), context);
  }

  @SuppressWarnings("NullAway") // no link encodes anything
  private static Codecs codecs() {
    return null;
  }

  static RemoteOptions options(Map<String, String> options) {
    return RemoteOptions.of(
        "test", new Placement("remote", options, 0, dev.larder.FailurePolicy.FAIL));
  }

  /** By real time, to hosts such as {@code 127.0.0.1:8080}. */
  static Way to(String hosts, String... more) {
    return to(SystemClock.instance(), Executors.newSingleThreadScheduledExecutor(), hosts, more);
  }

  /** By a time of the test's. */
  static Way to(Clock clock, ScheduledExecutorService scheduler, String hosts, String... more) {
    var options = new HashMap<String, String>();
    options.put("remote.hosts", hosts);
    for (var i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return new Way(options, clock, scheduler);
  }

  Link link() {
    return link;
  }

  Context context() {
    return context;
  }

  Link.Folder folder() {
    return link.folder("default");
  }

  @Override
  public void close() {
    link.release();
    scheduler.shutdownNow();
    executor.shutdownNow();
  }
}
