package dev.larder.remote;

import dev.larder.Clock;
import dev.larder.spi.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** The links there are, shared by those that ask for the same. */
final class Links {
  private static final Map<Key, Counted> SHARED = new HashMap<>();

  /** What has to be equal for sharing: the same way, and the same threads and time. */
  private record Key(
      RemoteOptions options,
      Clock clock,
      ScheduledExecutorService scheduler,
      Executor executor,
      ClassLoader loader) {}

  private static final class Counted {
    private final SharedLink link;
    private int users;

    Counted(SharedLink link) {
      this.link = link;
    }
  }

  private Links() {}

  /** The link to those servers; to be {@linkplain Link#release released}. */
  static Link to(RemoteOptions options, Context context) {
    var key =
        new Key(
            options, context.clock(), context.scheduler(), context.executor(), context.loader());
    synchronized (SHARED) {
      var counted =
          SHARED.computeIfAbsent(key, absent -> new Counted(new SharedLink(options, context)));
      counted.users++;
      return new UsedLink(counted.link, () -> released(key));
    }
  }

  private static void released(Key key) {
    Counted last = null;
    synchronized (SHARED) {
      var counted = SHARED.get(key);
      if (counted != null && --counted.users == 0) {
        last = SHARED.remove(key);
      }
    }
    if (last != null) {
      last.link.close();
    }
  }
}
