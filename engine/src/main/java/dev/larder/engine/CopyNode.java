package dev.larder.engine;

import dev.larder.Life;

/**
 * A copy of an entry of another store. It lives no longer than the entry did when it was copied,
 * and less where the tier says so.
 */
final class CopyNode<K, V> extends Node<K, V> {
  private volatile long version;
  private volatile long until = Life.FOREVER;
  private volatile long limit = Life.FOREVER;
  private volatile long told;
  private volatile long bytes;

  /** Guarded by the policy lock. */
  private long accountedBytes;

  CopyNode(K key, int hash) {
    super(key, hash);
  }

  /**
   * Says what it is a copy of. Under the monitor.
   *
   * @param ofVersion the version of the entry
   * @param itsDeadline when the entry expires
   * @param latest the instant no read moves the deadline of the copy past
   * @param estimated the size of the copy, 0 where nobody asks
   * @param now from when the entry's store knows of accesses
   */
  void copied(long ofVersion, long itsDeadline, long latest, long estimated, long now) {
    assert Thread.holdsLock(this);
    version = ofVersion;
    until = itsDeadline;
    limit = latest;
    bytes = estimated;
    told = now;
  }

  @Override
  public long version() {
    return version;
  }

  /** When the entry expires that this is a copy of, as of when it was copied. */
  long until() {
    return until;
  }

  @Override
  long limit() {
    return limit;
  }

  /** When the entry's store was last told of an access. */
  long told() {
    return told;
  }

  void told(long now) {
    told = now;
  }

  @Override
  long bytes() {
    return bytes;
  }

  @Override
  long accountedBytes() {
    return accountedBytes;
  }

  @Override
  void account() {
    accountedBytes = bytes;
  }
}
