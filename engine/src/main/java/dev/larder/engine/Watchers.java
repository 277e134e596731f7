package dev.larder.engine;

import dev.larder.Cache;
import dev.larder.CacheWatcher;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who is told of the caches of one manager. */
final class Watchers {
  private static final System.Logger LOG = System.getLogger("dev.larder");

  /** By identity: a watcher may watch twice. */
  private final CopyOnWriteArrayList<Seat> seats = new CopyOnWriteArrayList<>();

  private static final class Seat {
    final CacheWatcher watcher;

    Seat(CacheWatcher watcher) {
      this.watcher = watcher;
    }
  }

  /** Adds one first, so that it misses none, and then tells it of the open caches. */
  CacheWatcher.Watch add(CacheWatcher watcher, Collection<? extends Cache<?, ?>> open) {
    var seat = new Seat(watcher);
    seats.add(seat);
    open.forEach(cache -> tell(seat, each -> each.opened(cache)));
    return () -> seats.remove(seat);
  }

  void opened(Cache<?, ?> cache) {
    seats.forEach(seat -> tell(seat, each -> each.opened(cache)));
  }

  void closed(Cache<?, ?> cache) {
    seats.forEach(seat -> tell(seat, each -> each.closed(cache)));
  }

  private static void tell(Seat seat, Consumer<CacheWatcher> what) {
    try {
      what.accept(seat.watcher);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a watcher of caches threw; it is told of the next ones", e);
    }
  }
}
