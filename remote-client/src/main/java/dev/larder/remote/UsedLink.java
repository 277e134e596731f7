package dev.larder.remote;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** A shared link in the hands of one of its users, who can release it once. */
final class UsedLink implements Link {
  private final SharedLink shared;
  private final Runnable last;
  private final AtomicBoolean released = new AtomicBoolean();

  UsedLink(SharedLink shared, Runnable last) {
    this.shared = shared;
    this.last = last;
  }

  /** The link itself. */
  SharedLink shared() {
    return shared;
  }

  @Override
  public CompletionStage<Reply> send(Ask ask) {
    return shared.send(ask);
  }

  @Override
  public Reply sendAndWait(Ask ask) {
    return shared.sendAndWait(ask);
  }

  @Override
  public Reply sendAndWait(Ask ask, long deadline) {
    return shared.sendAndWait(ask, deadline);
  }

  @Override
  public Folder folder(String cache, Creation unknown) {
    return shared.folder(cache, unknown);
  }

  @Override
  public Stream stream(String path, String lastId, Listener listener) {
    return shared.stream(path, lastId, listener);
  }

  @Override
  public void watch(Runnable hostChanged) {
    shared.watch(hostChanged);
  }

  @Override
  public void unwatch(Runnable hostChanged) {
    shared.unwatch(hostChanged);
  }

  @Override
  public List<String> problems() {
    return shared.problems();
  }

  @Override
  public Map<String, String> hosts() {
    return shared.hosts();
  }

  @Override
  public void release() {
    if (released.compareAndSet(false, true)) {
      last.run();
    }
  }

  @Override
  public String toString() {
    return shared.toString();
  }
}
