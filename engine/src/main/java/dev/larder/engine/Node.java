package dev.larder.engine;

import dev.larder.Life;
import dev.larder.spi.EvictionPolicy;
import dev.larder.spi.Meta;
import dev.larder.spi.Stored;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/*
 * 40 bytes with compressed references, the largest share of what an entry costs; so what could be a
 * field of its own shares one:
 *
 *   tag    30 bits of hash | TOLD | READ            readers write the two bits
 *   life   61 bits of deadline | OWN | GRANTED | DEAD   written under the monitor; a read may slide it
 *   place  31 bits of index | resident              under the policy lock
 *
 * Fields with different writers share nothing but `tag`, where the hash never changes: a lost write
 * of a bit loses the bit and no more.
 */
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
  private static final VarHandle TAG;
  private static final VarHandle LIFE;
  private static final VarHandle NEXT;

  /** A bit of the tag: read since the policy looked. */
  private static final int READ = 1;

  /** A bit of the tag: the policy may want to be told of every read. */
  private static final int TOLD = 2;

  private static final int TAG_BITS = 2;

  /** A flag of the life: out of the table for good. */
  private static final long DEAD = 1;

  /** A flag of the life: user code has the entry. */
  private static final long GRANTED = 2;

  /** A flag of the life: the deadline was given with the value. */
  private static final long OWN = 4;

  private static final int LIFE_BITS = 3;
  private static final long FLAGS = (1 << LIFE_BITS) - 1;

  /** The deadline that stands for {@link Life#FOREVER}. */
  private static final long NEVER = Long.MAX_VALUE >> LIFE_BITS;

  static {
    try {
      var lookup = MethodHandles.lookup();
      TAG = lookup.findVarHandle(Node.class, "tag", int.class);
      LIFE = lookup.findVarHandle(Node.class, "life", long.class);
      NEXT = lookup.findVarHandle(Node.class, "next", Node.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Null in what marks a bin of the table only. */
  final @Nullable K key;

  private volatile @Nullable V value;

  @SuppressWarnings("UnusedVariable") // read through NEXT
  private @Nullable Node<K, V> next;

  @SuppressWarnings("UnusedVariable") // read through LIFE
  private long life = NEVER << LIFE_BITS;

  @SuppressWarnings("UnusedVariable") // read through TAG
  private int tag;

  /** Guarded by the policy lock. */
  private int place;

  /** The hash must be one of {@link NodeTable#spread}. */
  Node(@Nullable K key, int hash) {
    this.key = key;
    this.tag = (hash << TAG_BITS) | TOLD;
  }

  /** Whether it is of this key. What marks a bin has none. */
  final boolean has(Object wanted) {
    var own = key;
    return own == wanted || (own != null && wanted.equals(own));
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

  /** Acquire: the value that came with this life is visible. */
  private long life() {
    return (long) LIFE.getAcquire(this);
  }

  @Override
  public final long deadline() {
    return decoded(life());
  }

  private static long decoded(long life) {
    var instant = life >> LIFE_BITS;
    return instant == NEVER ? Life.FOREVER : instant;
  }

  private static long encoded(long instant) {
    return Math.min(instant, NEVER) << LIFE_BITS;
  }

  /** Whether its time has run out. */
  final boolean due(long now) {
    return life() >> LIFE_BITS <= now;
  }

  /**
   * Release: publishes the value stored before.
   *
   * @param own whether the deadline was given with the value, so that neither reads nor the rule
   *     for updates move it
   */
  final void deadline(long instant, boolean own) {
    assert Thread.holdsLock(this);
    LIFE.setRelease(this, encoded(instant) | (own ? OWN : 0) | (life() & (DEAD | GRANTED)));
  }

  /** Moves the deadline on a read, unless a writer moved it in between. */
  final void slide(long from, long to) {
    var seen = life();
    if (decoded(seen) == from && (seen & OWN) == 0) {
      LIFE.compareAndSet(this, seen, encoded(to) | (seen & FLAGS));
    }
  }

  /** Whether user code has it, it is out of the table, or its deadline is its own. */
  final boolean occupied() {
    assert Thread.holdsLock(this);
    return (life() & FLAGS) != 0;
  }

  final boolean ownLife() {
    return (life() & OWN) != 0;
  }

  final boolean dead() {
    assert Thread.holdsLock(this);
    return (life() & DEAD) != 0;
  }

  final void die() {
    assert Thread.holdsLock(this);
    LIFE.getAndBitwiseOr(this, DEAD);
  }

  /** Whether user code has the entry; without the monitor a hint. */
  final boolean granted() {
    return (life() & GRANTED) != 0;
  }

  final void granted(boolean now) {
    assert Thread.holdsLock(this);
    // Atomic, since a read may slide the deadline meanwhile.
    if (now) {
      LIFE.getAndBitwiseOr(this, GRANTED);
    } else {
      LIFE.getAndBitwiseAnd(this, ~GRANTED);
    }
  }

  /** Whether it holds a value whose time has not run out. */
  final boolean alive(long now) {
    return !due(now) && value != null;
  }

  /**
   * Marks it as read and says whether the policy wants to be told. Opaque: a hint to the policy,
   * ordered with nothing; the store is left out when it would change nothing.
   */
  final boolean reference() {
    int seen = (int) TAG.getOpaque(this);
    if ((seen & (TOLD | READ)) == READ) {
      return false;
    }
    if ((seen & READ) == 0) {
      TAG.setOpaque(this, seen | READ);
    }
    return (seen & TOLD) != 0;
  }

  /** Whether it was read since the policy last looked. */
  final boolean referenced() {
    return ((int) TAG.getOpaque(this) & READ) != 0;
  }

  @Override
  public final boolean takeReference() {
    int seen = (int) TAG.getOpaque(this);
    if ((seen & READ) == 0) {
      return false;
    }
    TAG.setOpaque(this, seen & ~READ);
    return true;
  }

  /**
   * From now on reads are not told. A reader at the same time may undo it; then one more read is
   * told and this is called again, so nothing but time is lost. The other way round, entries that
   * begin untold, a reader could undo it for good.
   */
  final void untold() {
    TAG.setOpaque(this, (int) TAG.getOpaque(this) & ~TOLD);
  }

  /** As {@link NodeTable#spread} made it. */
  @Override
  public final int hash() {
    return (int) TAG.getOpaque(this) >>> TAG_BITS;
  }

  /** Whether the policy holds it. Under the policy lock. */
  final boolean resident() {
    return (place & 1) != 0;
  }

  final void resident(boolean now) {
    place = (place & ~1) | (now ? 1 : 0);
  }

  @Override
  public final int index() {
    return place >>> 1;
  }

  @Override
  public final void index(int number) {
    place = (number << 1) | (place & 1);
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
  void describe(Meta meta, int weight, long bytes, long limit, long version) {}

  /** The instant no read can move the deadline past. */
  long limit() {
    return Life.FOREVER;
  }

  /** When its time runs out. */
  long end() {
    return deadline();
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
    return "Node#" + Integer.toHexString(hash());
  }
}
