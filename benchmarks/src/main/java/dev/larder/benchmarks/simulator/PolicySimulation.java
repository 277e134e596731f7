package dev.larder.benchmarks.simulator;

import dev.larder.Life;
import dev.larder.spi.EvictionPolicy;
import org.jspecify.annotations.Nullable;

/** A policy of Larder, driven as the memory store drives it: in first, victims out afterwards. */
final class PolicySimulation implements Simulation {
  private final Trace trace;
  private final EvictionPolicy<Entry> policy;
  private final long capacity;
  private final @Nullable Entry[] held;
  private long weight;

  PolicySimulation(EvictionPolicy.Provider provider, Trace trace, long capacity) {
    this.trace = trace;
    this.capacity = capacity;
    policy = provider.create(capacity);
    held = new @Nullable Entry[trace.distinct()];
  }

  @Override
  public boolean access(int id, int position) {
    var entry = held[id];
    if (entry == null) {
      add(new Entry(id, spread(trace.key(id).hashCode()), trace.weight(position)));
      return false;
    }
    entry.reference = true;
    if (entry.told) {
      tell(entry);
    }
    if (entry.weight != trace.weight(position)) {
      reweigh(entry, trace.weight(position));
    }
    return true;
  }

  private void tell(Entry entry) {
    entry.told = policy.recordsAccess(entry);
    if (entry.told) {
      policy.accessed(entry);
    }
  }

  private void add(Entry entry) {
    if (entry.weight > capacity) {
      return;
    }
    held[entry.id] = entry;
    weight += entry.weight;
    policy.added(entry);
    entry.told = policy.recordsAccess(entry);
    shrink();
  }

  private void reweigh(Entry entry, int replacement) {
    int before = entry.weight;
    entry.weight = replacement;
    weight += replacement - before;
    if (replacement > capacity) {
      policy.removed(entry);
      forget(entry);
    } else {
      policy.updated(entry, before);
    }
    shrink();
  }

  private void shrink() {
    while (weight > capacity) {
      var victim = policy.evict(entry -> entry.weight > 0);
      if (victim == null) {
        throw new IllegalStateException("the policy found no victim in a cache that is too full");
      }
      forget(victim);
    }
  }

  private void forget(Entry entry) {
    if (held[entry.id] != entry) {
      throw new IllegalStateException("the policy gave up an entry that is not in the cache");
    }
    held[entry.id] = null;
    weight -= entry.weight;
  }

  /** As the table of the engine spreads hash codes, over 30 bits. */
  static int spread(int hashCode) {
    return (hashCode ^ (hashCode >>> 16)) & ((1 << 30) - 1);
  }

  private static final class Entry implements EvictionPolicy.Element {
    final int id;
    final int hash;
    int weight;
    boolean reference;
    boolean told;
    private int index;

    Entry(int id, int hash, int weight) {
      this.id = id;
      this.hash = hash;
      this.weight = weight;
    }

    @Override
    public int hash() {
      return hash;
    }

    @Override
    public int weight() {
      return weight;
    }

    @Override
    public long deadline() {
      return Life.FOREVER;
    }

    @Override
    public boolean takeReference() {
      boolean was = reference;
      reference = false;
      return was;
    }

    @Override
    public int index() {
      return index;
    }

    @Override
    public void index(int newIndex) {
      index = newIndex;
    }
  }
}
