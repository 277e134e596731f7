package dev.larder.remote;

import org.jspecify.annotations.Nullable;

/** One stream of events: what it was opened for, and how far it got. Safe for all threads. */
final class FeedStream implements Link.Listener {
  private final FeedLine line;
  private final boolean values;
  private final String after;
  private final long openedAt;
  private final FeedMarks marks;
  private volatile long heardAt;
  private volatile @Nullable String listener;
  private Link.@Nullable Stream stream;
  private boolean closed;

  /**
   * Not open yet.
   *
   * @param values whether it brings values
   * @param after the id of the event after which it goes on, empty to begin anew
   * @param openedAt the time before it is opened, by {@link dev.larder.Clock#ticks}
   */
  FeedStream(FeedLine line, boolean values, String after, long openedAt, FeedMarks marks) {
    this.line = line;
    this.values = values;
    this.after = after;
    this.openedAt = openedAt;
    this.marks = marks;
    this.heardAt = openedAt;
  }

  boolean values() {
    return values;
  }

  String after() {
    return after;
  }

  FeedMarks marks() {
    return marks;
  }

  long openedAt() {
    return openedAt;
  }

  /** When something last came. */
  long heardAt() {
    return heardAt;
  }

  void heard(long ticks) {
    heardAt = ticks;
  }

  boolean started() {
    return listener != null;
  }

  /** What it is called in requests for marks, empty where there are none. */
  String listener() {
    var known = listener;
    return known == null ? "" : known;
  }

  void start(String name) {
    listener = name;
  }

  /** It may have been closed before it was open. */
  void opens(Link.Stream opened) {
    boolean late;
    synchronized (this) {
      late = closed;
      stream = opened;
    }
    if (late) {
      opened.close();
    }
  }

  void close() {
    Link.Stream open;
    synchronized (this) {
      closed = true;
      open = stream;
    }
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void opened() {}

  @Override
  public void event(String id, String name, String data) {
    line.received(this, id, name, data);
  }

  @Override
  public void ended(String why) {
    line.broken(this, why);
  }
}
