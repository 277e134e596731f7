package dev.larder.remote;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A link whose streams a test can cut, and whose host it can say has changed. */
final class CutLink implements Link {
  private final Link link;
  private Link.Stream stream;
  private Link.Listener listener;
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
  public Folder folder(String cache, Runnable unknown) {
    return link.folder(cache, unknown);
  }

  @Override
  public synchronized Stream stream(String path, String lastId, Listener told) {
    listener = told;
    stream = link.stream(path, lastId, told);
    return stream;
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
