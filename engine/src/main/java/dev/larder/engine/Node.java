package dev.larder.engine;

import dev.larder.Life;
import dev.larder.spi.EvictionPolicy;
import dev.larder.spi.Meta;
import dev.larder.spi.Stored;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * An entry in memory, which is also the link of its chain in the {@link NodeTable}: a read touches
 * this one object. Its monitor is the lock of its key. It is held for a few instructions and never
 * while user code runs; user code has a grant ({@link #granted}) instead, during which other
 * writers wait and eviction and expiry pass by.
 *
 * <p>Writers store the value first and then the deadline, readers load the deadline first: so a
 * reader that sees a new deadline sees the new value, and one that sees an old value judges it by
 * the old deadline.
 *
 * <p>Life of a node: made without a value when a key is first written or granted; holds values
 * while it is {@link #alive}; once dead it is out of the table for good and the key gets another
 * node.
 */
class Node<K, V> implements Stored<V>, EvictionPolicy.Element {
  private static final VarHandle DEADLINE;
  private static final VarHandle NEXT;
  private static final VarHandle MARK;

  /** A bit of the mark: read since the policy looked. */
  private static final byte READ = 1;

  /** A bit of the mark: the policy may want to be told of every read. */
  private static final byte TOLD = 2;

  static {
    try {
      var lookup = MethodHandles.lookup();
      DEADLINE = lookup.findVarHandle(Node.class, "deadline", long.class);
      NEXT = lookup.findVarHandle(Node.class, "next", Node.class);
      MARK = lookup.findVarHandle(Node.class, "mark", byte.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Null in the markers of the table only. */
  final @Nullable K key;

  final int hash;

  @SuppressWarnings("UnusedVariable") // read through NEXT
  private @Nullable Node<K, V> next;

  private volatile @Nullable V value;

  @SuppressWarnings("UnusedVariable") // read through DEADLINE
  private long deadline = Life.FOREVER;

  private int index;

  @SuppressWarnings("UnusedVariable") // read through MARK
  private byte mark = TOLD;

  /** Guarded by this node's monitor. */
  private boolean dead;

  /** Written under this node's monitor; read without it by the policy as a hint. */
  private volatile boolean granted;

  /**
   * Whether the deadline was given with the value, so that neither reads nor the rule for updates
   * move it. Written under this node's monitor before the value; read by readers after it.
   */
  private boolean ownLife;

  /** Whether the policy holds it. Guarded by the policy lock. */
  boolean resident;

  Node(@Nullable K key, int hash) {
    this.key = key;
    this.hash = hash;
  }

  /** Acquire: what the writer did to the node before linking it is visible. */
  final @Nullable Node<K, V> next() {
    @SuppressWarnings("unchecked")
    var successor = (Node<K, V>) NEXT.getAcquire(this);
    return successor;
  }

  /** Release: publishes the successor. Under the stripe lock of the table. */
  final void next(@Nullable Node<K, V> successor) {
    NEXT.setRelease(this, successor);
  }

  @Override
  public final @Nullable V value() {
    return value;
  }

  /**
   * Volatile: a fill token registered before is seen by whoever stores a value after, and the
   * reverse.
   */
  final void value(@Nullable V replacement) {
    assert Thread.holdsLock(this);
    value = replacement;
  }

  /** Acquire: the value that came with this deadline is visible. */
  @Override
  public final long deadline() {
    return (long) DEADLINE.getAcquire(this);
  }

  /** Release: publishes the value stored before. */
  final void deadline(long instant) {
    assert Thread.holdsLock(this);
    DEADLINE.setRelease(this, instant);
  }

  /** Moves the deadline on a read, unless a writer moved it in between. */
  final boolean slide(long from, long to) {
    return DEADLINE.compareAndSet(this, from, to);
  }

  /**
   * Marks it as read and says whether the policy wants to be told. Opaque: a hint to the policy,
   * ordered with nothing; the store is left out when it would change nothing.
   */
  final boolean reference() {
    byte seen = (byte) MARK.getOpaque(this);
    if (seen == READ) {
      return false;
    }
    if ((seen & READ) == 0) {
      MARK.setOpaque(this, (byte) (seen | READ));
    }
    return (seen & TOLD) != 0;
  }

  /** Whether it was read since the policy last looked. */
  final boolean referenced() {
    return ((byte) MARK.getOpaque(this) & READ) != 0;
  }

  @Override
  public final boolean takeReference() {
    byte seen = (byte) MARK.getOpaque(this);
    if ((seen & READ) == 0) {
      return false;
    }
    MARK.setOpaque(this, (byte) (seen & ~READ));
    return true;
  }

  /**
   * From now on reads are not told. A reader at the same time may undo it; then one more read is
   * told and this is called again, so nothing but time is lost. The other way round, entries that
   * begin untold, a reader could undo it for good.
   */
  final void untold() {
    MARK.setOpaque(this, (byte) ((byte) MARK.getOpaque(this) & READ));
  }

  final boolean ownLife() {
    return ownLife;
  }

  final void ownLife(boolean given) {
    assert Thread.holdsLock(this);
    ownLife = given;
  }

  final boolean dead() {
    assert Thread.holdsLock(this);
    return dead;
  }

  final void die() {
    assert Thread.holdsLock(this);
    dead = true;
  }

  final boolean granted() {
    return granted;
  }

  final void granted(boolean now) {
    assert Thread.holdsLock(this);
    granted = now;
  }

  /** Whether it holds a value whose time has not run out. */
  final boolean alive(long now) {
    return deadline() > now && value != null;
  }

  @Override
  public final int hash() {
    return hash;
  }

  @Override
  public final int index() {
    return index;
  }

  @Override
  public final void index(int number) {
    index = number;
  }

  @Override
  public int weight() {
    return 1;
  }

  @Override
  public long version() {
    return 0;
  }

  /** Sets what only richer nodes keep. Under the monitor. */
  void describe(Meta meta, long bytes, long limit, long version) {}

  /** The instant no read can move the deadline past. */
  long limit() {
    return Life.FOREVER;
  }

  /** Estimated size of key and value, 0 where the cache does not ask. */
  long bytes() {
    return 0;
  }

  /** What the policy was last told it weighs. Guarded by the policy lock. */
  int accountedWeight() {
    return 1;
  }

  long accountedBytes() {
    return 0;
  }

  void account() {}

  @Override
  public final String toString() {
    return "Node#" + Integer.toHexString(hash);
  }
}
