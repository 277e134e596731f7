package dev.larder.remote;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** A link whose streams a test can cut, and whose host it can say has changed. */
final class CutLink implements Link {
  private final Link link;
  private Link.Stream stream;
  private Link.Listener listener;
  private AtomicBoolean silent = new AtomicBoolean();
  private Runnable watcher = () -> {};

  CutLink(Link link) {
    this.link = link;
  }

  /** Ends the stream that was opened last, as a broken connection does. */
  void cut() {
    Link.Listener told;
    synchronized (this) {
      stream.close();
      told = listener;
    }
    told.ended("cut");
  }

  /**
   * What comes by the stream that is open does not arrive any more, as with a line that is dead.
   */
  void silence() {
    silent.set(true);
  }

  void changeHost() {
    watcher.run();
  }

  @Override
  public CompletionStage<Reply> send(Ask ask) {
    return link.send(ask);
  }

  @Override
  public Reply sendAndWait(Ask ask) {
    return link.sendAndWait(ask);
  }

  @Override
  public Reply sendAndWait(Ask ask, long deadline) {
    return link.sendAndWait(ask, deadline);
  }

  @Override
  public Folder folder(String cache, Creation unknown) {
    return link.folder(cache, unknown);
  }

  @Override
  public synchronized Stream stream(String path, String lastId, Listener told) {
    listener = told;
    silent = new AtomicBoolean();
    stream = link.stream(path, lastId, new Line(told, silent));
    return stream;
  }

  private record Line(Link.Listener told, AtomicBoolean silent) implements Link.Listener {
    @Override
    public void opened() {
      told.opened();
    }

    @Override
    public void event(String id, String name, String data) {
      if (!silent.get()) {
        told.event(id, name, data);
      }
    }

    @Override
    public void ended(String why) {
      told.ended(why);
    }
  }

  @Override
  public void watch(Runnable hostChanged) {
    watcher = hostChanged;
  }

  @Override
  public void unwatch(Runnable hostChanged) {
    watcher = () -> {};
  }

  @Override
  public List<String> problems() {
    return link.problems();
  }

  @Override
  public Map<String, String> hosts() {
    return link.hosts();
  }

  @Override
  public void release() {
    link.release();
  }
}
