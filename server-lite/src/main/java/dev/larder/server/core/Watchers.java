package dev.larder.server.core;

import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Payload;
import dev.larder.spi.StoreEvents;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hands the changes of one database to whoever watches it; while nobody does, nothing is told. */
final class Watchers implements StoreEvents<Bytes, Payload> {
  private final CopyOnWriteArrayList<Watcher> watchers = new CopyOnWriteArrayList<>();

  void add(Watcher watcher) {
    watchers.add(watcher);
  }

  void remove(Watcher watcher) {
    watchers.remove(watcher);
  }

  @Override
  public void changed(Bytes key, Change<Payload> change, long sequence) {
    var operation = Operation.current();
    for (var watcher : watchers) {
      watcher.changed(key, change, operation);
    }
  }

  /** Changes that nobody knows one by one; as if all entries had been dropped. */
  @Override
  public void gap(long first, long next) {
    cleared();
  }

  void cleared() {
    var operation = Operation.current();
    for (var watcher : watchers) {
      watcher.cleared(operation);
    }
  }

  @Override
  public boolean wanted() {
    return !watchers.isEmpty();
  }
}
