package dev.larder.engine;

import dev.larder.Life;
import dev.larder.spi.Meta;

/**
 * A node of a cache that weighs, versions, tags, or limits sliding lives; other caches do not pay
 * for these fields.
 */
final class RichNode<K, V> extends Node<K, V> {
  private volatile Meta meta = Meta.NONE;
  private volatile int weight = 1;
  private volatile long version;
  private volatile long limit = Life.FOREVER;
  private volatile long bytes;

  /** Guarded by the policy lock. */
  private int accountedWeight;

  /** Guarded by the policy lock. */
  private long accountedBytes;

  RichNode(K key, int hash) {
    super(key, hash);
  }

  @Override
  void describe(Meta described, int newWeight, long estimated, long lastInstant, long newVersion) {
    assert Thread.holdsLock(this);
    meta = described;
    weight = newWeight;
    bytes = estimated;
    limit = lastInstant;
    version = newVersion;
  }

  @Override
  public int weight() {
    return weight;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public Meta meta() {
    var carried = meta;
    return new Meta(carried.contentType(), carried.schema(), weight, carried.tags());
  }

  @Override
  long limit() {
    return limit;
  }

  @Override
  long bytes() {
    return bytes;
  }

  @Override
  int accountedWeight() {
    return accountedWeight;
  }

  @Override
  long accountedBytes() {
    return accountedBytes;
  }

  @Override
  void account() {
    accountedWeight = weight();
    accountedBytes = bytes;
  }
}
