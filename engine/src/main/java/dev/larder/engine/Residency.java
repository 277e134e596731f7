package dev.larder.engine;

import dev.larder.Bounds;
import dev.larder.spi.EvictionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which entries the eviction policy holds, what they weigh together, and who must leave. Everything
 * is guarded by the policy lock, which is taken before any monitor of a node and never while one is
 * held.
 *
 * <p>Whoever changed an entry calls {@link #reconcile} after letting go of the node. It looks at
 * what the node holds <em>then</em>, so calls of several threads may come in any order: the last
 * one sees the last state.
 */
final class Residency<K, V> {
  /**
   * How many victims may turn out to be granted to user code before a round gives up; the next
   * write goes on.
   */
  private static final int REFUSALS = 16;

  /** How many reads wait to be told at most. */
  private static final int READS = 128;

  /**
   * How many changes wait for the thread that has the lock at most; the cache may be over its bound
   * by as many entries, and one for each writing thread.
   */
  static final int SLACK = 64;

  private static final int HELPING_TURNS = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final EvictionPolicy<Node<K, V>> policy;
  private final MemoryStore<K, V> store;
  private final boolean recordsUpdates;
  private final boolean samples;
  private final ReadSample<K, V> sample = new ReadSample<>();
  private final NodeRing<K, V> reads = new NodeRing<>(READS);
  private final NodeRing<K, V> changed = new NodeRing<>(SLACK);

  /** Whether writers have to wait for the lock, since they leave more than is done. */
  private volatile boolean crowded;

  private volatile Bounds bounds;
  private volatile long size;
  private volatile long weight;
  private volatile long bytes;
  private volatile long peak;

  Residency(MemoryStore<K, V> store, EvictionPolicy.Provider provider, Bounds bounds) {
    this.store = store;
    this.bounds = bounds;
    this.policy = provider.create(capacity(bounds));
    this.recordsUpdates = policy.recordsUpdates();
    this.samples = policy.samplesAccess();
  }

  private static long capacity(Bounds bounds) {
    if (bounds.weight() != Bounds.NONE) {
      return bounds.weight();
    }
    return bounds.bytes() != Bounds.NONE ? bounds.bytes() : bounds.entries();
  }

  boolean recordsUpdates() {
    return recordsUpdates;
  }

  Bounds bounds() {
    return bounds;
  }

  long size() {
    return size;
  }

  long weight() {
    return weight;
  }

  long bytes() {
    return bytes;
  }

  long peak() {
    return peak;
  }

  /**
   * Tells the policy of a read, before it decides anything or when so many are waiting; under
   * contention some reads are left out, as the policy allows.
   */
  void accessed(Node<K, V> node) {
    if (samples) {
      sample.add(node);
    } else if (!reads.offer(node) && lock.tryLock()) {
      try {
        drainReads();
        read(node);
      } finally {
        release();
      }
    }
  }

  private void drainReads() {
    if (samples) {
      sample.drain(this::read);
    }
    for (var node = reads.poll(); node != null; node = reads.poll()) {
      read(node);
    }
  }

  private void read(Node<K, V> node) {
    if (!node.resident()) {
      return;
    }
    if (policy.recordsAccess(node)) {
      policy.accessed(node);
    } else {
      node.untold();
    }
  }

  /**
   * Brings the policy in line with what the node holds now, and the cache within its bounds: at
   * once, or, while another thread is at it and entries alone are bounded, soon, by that thread.
   *
   * @param rewritten whether the value of an entry that was there was replaced, which is a use of
   *     it
   */
  void reconcile(Node<K, V> node, boolean rewritten) {
    if (!lock.tryLock()) {
      if (!rewritten && !crowded && countsOnly() && changed.offer(node)) {
        help();
        return;
      }
      lock.lock();
    }
    try {
      try {
        drain();
      } finally {
        // Whatever a policy does to the nodes of others.
        settle(node, rewritten);
        trim();
      }
    } finally {
      release();
    }
  }

  /** Every way out of the policy lock, so that what was left meanwhile is seen. */
  private void release() {
    lock.unlock();
    help();
  }

  private boolean countsOnly() {
    return bounds.weight() == Bounds.NONE && bounds.bytes() == Bounds.NONE;
  }

  /**
   * Does what others left. They look after themselves if the lock is free, and whoever held it
   * looks once more after letting go: so nothing is left for good. If others are as fast as this
   * thread, it has them wait for the lock until it is done.
   */
  private void help() {
    for (int turn = 0; changed.ready() && lock.tryLock(); turn++) {
      try {
        crowded = turn > HELPING_TURNS;
        drain();
      } finally {
        crowded = false;
        lock.unlock();
      }
    }
  }

  private void drain() {
    drainReads();
    var left = SLACK;
    for (var node = changed.poll(); node != null; node = --left > 0 ? changed.poll() : null) {
      settle(node, false);
      trim();
    }
  }

  private void settle(Node<K, V> node, boolean rewritten) {
    var holds = node.value() != null;
    if (holds != node.resident()) {
      if (holds) {
        admit(node);
      } else {
        dismiss(node);
        policy.removed(node);
      }
    } else if (holds) {
      account(node, rewritten);
    }
    if (holds && tooLarge(node)) {
      leave(node);
    }
  }

  private void admit(Node<K, V> node) {
    policy.added(node);
    enter(node);
    if (!policy.recordsAccess(node)) {
      node.untold();
    }
  }

  @SuppressWarnings(
      "NonAtomicVolatileUpdate") // written under the policy lock only; volatile for those who read
  private void enter(Node<K, V> node) {
    node.resident(true);
    node.account();
    size += 1;
    weight += node.accountedWeight();
    bytes += node.accountedBytes();
    peak = Math.max(peak, size);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // as enter
  private void dismiss(Node<K, V> node) {
    node.resident(false);
    size -= 1;
    weight -= node.accountedWeight();
    bytes -= node.accountedBytes();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // as enter
  private void account(Node<K, V> node, boolean rewritten) {
    var before = node.accountedWeight();
    var bytesBefore = node.accountedBytes();
    node.account();
    weight += node.accountedWeight() - before;
    bytes += node.accountedBytes() - bytesBefore;
    if (before != node.accountedWeight() || (rewritten && recordsUpdates)) {
      policy.updated(node, before);
    }
  }

  /** An entry that does not fit at all leaves by itself instead of driving out all others. */
  private boolean tooLarge(Node<K, V> node) {
    return node.resident()
        && (node.accountedWeight() > bounds.weight() || node.accountedBytes() > bounds.bytes());
  }

  private void leave(Node<K, V> node) {
    policy.removed(node);
    if (store.evict(node)) {
      dismiss(node);
    } else {
      policy.added(node);
    }
  }

  private boolean over() {
    return size > bounds.entries() || weight > bounds.weight() || bytes > bounds.bytes();
  }

  private void trim() {
    if (over()) {
      store.sweep().forEach(node -> settle(node, false));
    }
    int refused = 0;
    while (over() && refused < REFUSALS) {
      if (!evictOne()) {
        refused++;
      }
    }
  }

  private static boolean mayLeave(Node<?, ?> node) {
    return !node.granted();
  }

  /** What weighs nothing is no help against too much weight. */
  private static boolean mayLighten(Node<?, ?> node) {
    return !node.granted() && node.accountedWeight() > 0;
  }

  /** False when there was no victim, or it had just been granted to user code. */
  private boolean evictOne() {
    var byWeight = size <= bounds.entries() && bytes <= bounds.bytes() && weight > bounds.weight();
    @Nullable Node<K, V> victim =
        byWeight ? policy.evict(Residency::mayLighten) : policy.evict(Residency::mayLeave);
    if (victim == null) {
      return false;
    }
    if (!store.evict(victim)) {
      policy.added(victim);
      return false;
    }
    dismiss(victim);
    return true;
  }

  /** Evicts up to so many of the coldest. */
  long evict(int entries) {
    lock.lock();
    try {
      drain();
      long gone = 0;
      for (int refused = 0; gone < entries && refused < REFUSALS; ) {
        if (evictOne()) {
          gone++;
        } else {
          refused++;
        }
      }
      return gone;
    } finally {
      release();
    }
  }

  /** The nodes held, those to leave next first. One reference an entry. */
  List<Node<K, V>> coldestFirst() {
    lock.lock();
    try {
      drain();
      var nodes = new ArrayList<Node<K, V>>((int) Math.min(size, 1 << 30));
      policy.visit(nodes::add);
      return nodes;
    } finally {
      release();
    }
  }

  /** Lives by other bounds from now on and returns how many had to leave. */
  long resize(Bounds replacement) {
    lock.lock();
    try {
      drain();
      var before = size;
      bounds = replacement;
      policy.resized(capacity(replacement));
      trim();
      return before - size;
    } finally {
      release();
    }
  }
}
