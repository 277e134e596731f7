package dev.larder.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A hash table whose links are the entries themselves. Reads take no lock and never wait; inserts
 * and removals of keys take one of {@value #STRIPES} short locks, under which no user code runs but
 * {@code equals} and {@code compareTo} of keys. Replacing a value does not come here at all.
 *
 * <p>A bin and the two bins it splits into belong to one stripe, since a table has at least as many
 * bins as there are stripes. A bin is moved to the doubled table under its stripe lock in this
 * order: (1) both new bins get a {@link Marker} that lists the nodes of the bin, (2) the old bin
 * gets a marker that points to the new table, (3) the nodes are linked anew, (4) the new bins get
 * their chains. A reader that misses looks at its bin again: a marker there says that its walk may
 * have been led astray in step 3 and sends it to the new table, where it finds either the list or
 * the chain. Since (2) is published before (3), a reader that saw a link of step 3 sees the marker.
 *
 * <p>A removed node keeps its link, so that a reader standing on it walks on. Nodes are never
 * inserted twice. New nodes go to the end of their chain: what stays in a cache is mostly what is
 * read often, and is found before what has just come.
 *
 * <p>A bin where more than {@value #CROWDED} keys meet gets a {@link Crowd}, and keeps it until the
 * bin is moved: turning it back into a chain would relink nodes without a marker to warn readers.
 *
 * <p>On average there is up to one node for each bin; a bin costs 4 bytes.
 *
 * <p>Longer than the house likes because all that may go on with one bin at a time has to be seen
 * together.
 */
final class NodeTable<K, V> {
  private static final int STRIPES = 64;
  private static final int LARGEST = 1 << 30;
  private static final int CROWDED = 16;
  private static final VarHandle BIN = MethodHandles.arrayElementVarHandle(Node[].class);

  /** Makes the node of a key. */
  @FunctionalInterface
  interface Maker<K, V> {
    Node<K, V> make(K key, int hash);
  }

  /** The head of a bin that is being moved, or has been. */
  private static final class Marker<K, V> extends Node<K, V> {
    /** The table the bin went to, or the nodes of a bin on its way. */
    final Node<K, V>[] moved;

    final boolean forward;

    Marker(Node<K, V>[] moved, boolean forward) {
      super(null, 0);
      this.moved = moved;
      this.forward = forward;
    }
  }

  private final Object[] stripes = new Object[STRIPES];
  private final int[] counts = new int[STRIPES];
  private final AtomicBoolean growing = new AtomicBoolean();
  private final Maker<K, V> maker;

  /** The table being made. Guarded by {@link #growing}. */
  private Node<K, V> @Nullable [] half;

  private volatile Node<K, V>[] table = newTable(STRIPES);

  NodeTable(Maker<K, V> maker) {
    this.maker = maker;
    Arrays.setAll(stripes, index -> new Object());
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // generic array
  private static <K, V> Node<K, V>[] newTable(int length) {
    return (Node<K, V>[]) new Node[length];
  }

  /**
   * Spreads a hash code over the low bits, which pick the bin, and leaves 30 bits of it. What the
   * upper two held has gone into the lower ones.
   */
  static int spread(int hashCode) {
    return (hashCode ^ (hashCode >>> 16)) & (LARGEST - 1);
  }

  /** Acquire: the fields of a node published in the bin are visible. */
  @SuppressWarnings("unchecked")
  private static <K, V> @Nullable Node<K, V> bin(Node<K, V>[] bins, int index) {
    return (Node<K, V>) BIN.getAcquire(bins, index);
  }

  /** Release: publishes the chain that starts at the node. */
  private static <K, V> void bin(Node<K, V>[] bins, int index, @Nullable Node<K, V> head) {
    BIN.setRelease(bins, index, head);
  }

  /** The node of the key, or null. Keeps no reference to the key. */
  @Nullable Node<K, V> get(Object key, int hash) {
    var bins = table;
    var index = hash & (bins.length - 1);
    var found = walk(bin(bins, index), key, hash);
    // Looked at after a miss only: what marks a bin has no key, so a walk passes over it.
    return found == null && special(bin(bins, index)) ? search(bins, key, hash) : found;
  }

  private static boolean special(@Nullable Node<?, ?> head) {
    return head instanceof Marker || head instanceof Crowd;
  }

  private static <K, V> @Nullable Node<K, V> search(Node<K, V>[] from, Object key, int hash) {
    var bins = from;
    while (true) {
      var index = hash & (bins.length - 1);
      var head = bin(bins, index);
      if (head instanceof Marker<K, V> marker) {
        if (!marker.forward) {
          return among(marker.moved, key, hash);
        }
        bins = marker.moved;
        continue;
      }
      var found = find(head, key, hash);
      if (found != null || head == bin(bins, index) || !special(bin(bins, index))) {
        return found;
      }
    }
  }

  /** Looks in a bin that is not on its way. */
  private static <K, V> @Nullable Node<K, V> find(@Nullable Node<K, V> head, Object key, int hash) {
    var found = head instanceof Crowd<K, V> crowd ? crowd.find(key) : null;
    return found == null ? walk(head, key, hash) : found;
  }

  /**
   * Callers mostly ask with the object that is the key, or else mostly with another one that equals
   * it. A loop without a call in it is what the compiler makes fastest, so the first node with that
   * hash decides which it is.
   */
  private static <K, V> @Nullable Node<K, V> walk(@Nullable Node<K, V> head, Object key, int hash) {
    for (var node = head; node != null; node = node.next()) {
      if (node.hash() == hash) {
        return node.key == key ? node : walkOn(node, key, hash);
      }
    }
    return null;
  }

  private static <K, V> @Nullable Node<K, V> walkOn(Node<K, V> from, Object key, int hash) {
    for (var node = from; node != null; node = node.next()) {
      if (node.hash() == hash && node.has(key)) {
        return node;
      }
    }
    return null;
  }

  private static <K, V> @Nullable Node<K, V> among(Node<K, V>[] nodes, Object key, int hash) {
    for (var node : nodes) {
      if (node.hash() == hash && node.has(key)) {
        return node;
      }
    }
    return null;
  }

  /** The node of the key, made and inserted if there is none. */
  Node<K, V> getOrInsert(K key, int hash) {
    var present = get(key, hash);
    return present == null ? insert(key, hash) : present;
  }

  private Node<K, V> insert(K key, int hash) {
    Node<K, V> node;
    boolean grow;
    synchronized (stripe(hash)) {
      var bins = settled(hash);
      var index = hash & (bins.length - 1);
      var present = find(bin(bins, index), key, hash);
      if (present != null) {
        return present;
      }
      node = maker.make(key, hash);
      append(bins, index, node);
      grow = ++counts[hash & (STRIPES - 1)] > bins.length / STRIPES && size() > bins.length;
    }
    if (grow) {
      grow();
    }
    return node;
  }

  /** About how many nodes there are; the stripes are counted one after the other. */
  private long size() {
    long size = 0;
    for (int count : counts) {
      size += count;
    }
    return size;
  }

  int bins() {
    return table.length;
  }

  private static <K, V> void append(Node<K, V>[] bins, int index, Node<K, V> node) {
    var head = bin(bins, index);
    if (head == null) {
      bin(bins, index, node);
      return;
    }
    if (head instanceof Crowd<K, V> crowd && crowd.add(node)) {
      return;
    }
    if (link(head, node) > CROWDED && Crowd.takes(node.key) && !(head instanceof Crowd)) {
      gather(bins, index, head);
    }
  }

  /** Turns a chain into a crowd. */
  private static <K, V> void gather(Node<K, V>[] bins, int index, Node<K, V> head) {
    var nodes = array(chain(head));
    var crowd = Crowd.of(nodes);
    if (crowd != null) {
      var outside = outside(nodes, crowd);
      // In the bin before the chain is linked anew: a reader that is led past its node looks there.
      crowd.next(head);
      bin(bins, index, crowd);
      linked(outside, crowd);
    }
  }

  /** Puts a node at the end of a chain and tells how long that was. */
  private static <K, V> int link(Node<K, V> head, Node<K, V> node) {
    int length = 1;
    var last = head;
    for (var each = last.next(); each != null; each = each.next()) {
      last = each;
      length++;
    }
    last.next(node);
    return length;
  }

  private static <K, V> Node<K, V>[] array(List<Node<K, V>> nodes) {
    return nodes.toArray(newTable(0));
  }

  /**
   * A crowd of the nodes, not linked yet; null when they are few, or none of them can be in one.
   */
  private static <K, V> @Nullable Crowd<K, V> crowd(Node<K, V>[] nodes) {
    return nodes.length > CROWDED ? Crowd.of(nodes) : null;
  }

  /** Those of the nodes that are not in the crowd. */
  private static <K, V> Node<K, V>[] outside(Node<K, V>[] nodes, @Nullable Crowd<K, V> crowd) {
    return crowd == null
        ? nodes
        : array(Stream.of(nodes).filter(node -> !crowd.holds(node)).toList());
  }

  /** Links nodes, in their order, behind their crowd if they have one, and gives the head. */
  private static <K, V> @Nullable Node<K, V> linked(
      Node<K, V>[] nodes, @Nullable Crowd<K, V> crowd) {
    Node<K, V> following = null;
    for (int last = nodes.length - 1; last >= 0; last--) {
      nodes[last].next(following);
      following = nodes[last];
    }
    if (crowd == null) {
      return following;
    }
    crowd.next(following);
    return crowd;
  }

  /** Takes the node out; does nothing when it is out already. */
  void remove(Node<K, V> node) {
    var hash = node.hash();
    synchronized (stripe(hash)) {
      var bins = settled(hash);
      var index = hash & (bins.length - 1);
      if (unlink(bins, index, node)) {
        counts[hash & (STRIPES - 1)]--;
      }
    }
  }

  private static <K, V> boolean unlink(Node<K, V>[] bins, int index, Node<K, V> node) {
    var head = bin(bins, index);
    if (head instanceof Crowd<K, V> crowd && crowd.remove(node)) {
      return true;
    }
    Node<K, V> before = null;
    for (var each = head; each != null; each = each.next()) {
      if (each == node) {
        if (before == null) {
          bin(bins, index, node.next());
        } else {
          before.next(node.next());
        }
        return true;
      }
      before = each;
    }
    return false;
  }

  private Object stripe(int hash) {
    return stripes[hash & (STRIPES - 1)];
  }

  /**
   * The table that holds the bin of the hash now. Under the stripe lock, so no bin of the stripe is
   * on its way.
   */
  private Node<K, V>[] settled(int hash) {
    var bins = table;
    while (bin(bins, hash & (bins.length - 1)) instanceof Marker<K, V> marker) {
      bins = marker.moved;
    }
    return bins;
  }

  private void grow() {
    var old = table;
    if (old.length >= LARGEST || !growing.compareAndSet(false, true)) {
      return;
    }
    try {
      if (old != table) {
        return;
      }
      // Left half made by a grower that ran out of memory or stack, it is finished and not begun
      // anew.
      var bins =
          half != null && half.length == old.length * 2
              ? half
              : NodeTable.<K, V>newTable(old.length * 2);
      half = bins;
      var forward = new Marker<K, V>(bins, true);
      for (int index = 0; index < old.length; index++) {
        synchronized (stripe(index)) {
          move(old, index, bins, forward);
        }
      }
      table = bins;
      half = null;
    } finally {
      growing.set(false);
    }
  }

  private static <K, V> void move(
      Node<K, V>[] old, int index, Node<K, V>[] bins, Marker<K, V> forward) {
    if (bin(old, index) instanceof Marker) {
      return;
    }
    var nodes = chain(bin(old, index));
    if (nodes.isEmpty()) {
      bin(old, index, forward);
      return;
    }
    // All that may fail, for want of memory or stack, comes before the first store.
    var onItsWay = new Marker<K, V>(array(nodes), false);
    var high = array(nodes.stream().filter(node -> (node.hash() & old.length) != 0).toList());
    var low = array(nodes.stream().filter(node -> (node.hash() & old.length) == 0).toList());
    var highCrowd = crowd(high);
    var lowCrowd = crowd(low);
    var highOutside = outside(high, highCrowd);
    var lowOutside = outside(low, lowCrowd);
    bin(bins, index, onItsWay);
    bin(bins, index + old.length, onItsWay);
    bin(old, index, forward);
    bin(bins, index, linked(lowOutside, lowCrowd));
    bin(bins, index + old.length, linked(highOutside, highCrowd));
  }

  /** The nodes of a bin, in their order; those of a crowd first. */
  private static <K, V> List<Node<K, V>> chain(@Nullable Node<K, V> head) {
    var nodes = new ArrayList<Node<K, V>>(2);
    var first = head;
    if (head instanceof Crowd<K, V> crowd) {
      crowd.addTo(nodes);
      first = crowd.next();
    }
    for (var node = first; node != null; node = node.next()) {
      nodes.add(node);
    }
    return nodes;
  }

  /**
   * Adds the nodes of one bin to the list and gives the position of the next bin, 0 at the end.
   * Positions count with the bits of the bin number reversed, as in the SCAN of Redis, so that a
   * table that doubles in between shows each bin once.
   */
  long scan(long position, List<Node<K, V>> into) {
    var bins = table;
    var mask = bins.length - 1;
    var index = (int) position & mask;
    synchronized (stripe(index)) {
      collect(bins, index, into);
    }
    var reversed = Integer.reverse(index | ~mask) + 1;
    return Integer.toUnsignedLong(Integer.reverse(reversed));
  }

  /** Adds the nodes whose hashes end like the group; there must be at least as many bins. */
  void group(int group, int groups, List<Node<K, V>> into) {
    var bins = table;
    for (int index = group; index < bins.length; index += groups) {
      synchronized (stripe(index)) {
        collect(bins, index, into);
      }
    }
  }

  private static <K, V> void collect(Node<K, V>[] bins, int index, List<Node<K, V>> into) {
    if (bin(bins, index) instanceof Marker<K, V> marker) {
      collect(marker.moved, index, into);
      collect(marker.moved, index + bins.length, into);
    } else {
      into.addAll(chain(bin(bins, index)));
    }
  }
}
