package dev.larder.engine;

import dev.larder.Life;

/**
 * A copy of an entry of another store. Its {@link #deadline} says when a read has to look closer:
 * when its time runs out, or earlier, when the entry's store is to hear that it is still read. So a
 * read of a copy costs what one of an entry does. All that such a read does not need is kept apart,
 * so that what it does need lies close together.
 */
final class CopyNode<K, V> extends Node<K, V> {
  private static final Origin NONE = new Origin(0, Life.FOREVER, Life.FOREVER, Life.FOREVER, 0);

  /**
   * What it is a copy of.
   *
   * @param version of the entry
   * @param deadline when the entry expires, as of when it was copied
   * @param limit the instant after which it is no copy any more, however often it is read
   * @param end when its time runs out unless it is read before
   * @param bytes the estimated size of the copy, 0 where nobody asks
   */
  record Origin(long version, long deadline, long limit, long end, int bytes) {}

  private volatile Origin origin = NONE;

  /** Guarded by the policy lock. */
  private int accountedBytes;

  CopyNode(K key, int hash) {
    super(key, hash);
  }

  Origin origin() {
    return origin;
  }

  /** Under the monitor. */
  void origin(Origin now) {
    assert Thread.holdsLock(this);
    origin = now;
  }

  @Override
  public long version() {
    return origin.version;
  }

  @Override
  long end() {
    return origin.end;
  }

  @Override
  long bytes() {
    return origin.bytes;
  }

  @Override
  long accountedBytes() {
    return accountedBytes;
  }

  @Override
  void account() {
    accountedBytes = origin.bytes;
  }
}
