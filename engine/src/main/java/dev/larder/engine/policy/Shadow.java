package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy.Element;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A small cache of hashes that shows what {@link TwoRings} with given settings would do. A hash
 * table with open addressing, at most half full, and the rings over its entries.
 */
final class Shadow {
  final RingSettings settings;
  private final TwoRings<Probe> rings;
  private @Nullable Probe[] table = new @Nullable Probe[16];
  private boolean hit;
  private double ratio;
  private double disagreement;

  Shadow(RingSettings settings) {
    this.settings = settings;
    this.rings = new TwoRings<>(settings);
  }

  /** The hit ratio, as rated. */
  double ratio() {
    return ratio;
  }

  /** On which share of the accesses only one of this shadow and the other hit, as rated. */
  double disagreement() {
    return disagreement;
  }

  /**
   * Counts the last access.
   *
   * @param other the shadow to compare with
   * @param weight of this access against all before, more than 0 and at most 1
   */
  void rate(Shadow other, double weight) {
    ratio += ((hit ? 1 : 0) - ratio) * weight;
    disagreement += ((hit != other.hit ? 1 : 0) - disagreement) * weight;
  }

  /**
   * Looks a hash up and takes it in if it is not there.
   *
   * @param capacity how many hashes there may be
   * @return whether it was there
   */
  boolean access(int hash, int capacity) {
    int place = find(hash);
    var present = table[place];
    hit = present != null;
    if (present != null) {
      present.read = true;
      return true;
    }
    var probe = new Probe(hash);
    table[place] = probe;
    rings.add(probe);
    while (rings.count() > capacity && evict(probe)) {
      // A cache that shrank has more than one to give up.
    }
    if (2 * rings.count() > table.length) {
      grow();
    }
    return false;
  }

  /** Forgets a hash that its cache has lost for another reason than want of space. */
  void remove(int hash) {
    var probe = table[find(hash)];
    if (probe != null) {
      rings.remove(probe);
      clear(hash);
    }
  }

  /** Forgets the hashes that are not wanted any more. */
  void retain(IntPredicate wanted) {
    for (var probe : table.clone()) {
      if (probe != null && !wanted.test(probe.hash)) {
        remove(probe.hash);
      }
    }
  }

  private boolean evict(Probe spared) {
    var victim = rings.evict(probe -> true, spared);
    if (victim != null) {
      clear(victim.hash);
    }
    return victim != null;
  }

  private int find(int hash) {
    int place = home(hash);
    for (var probe = table[place]; probe != null && probe.hash != hash; probe = table[place]) {
      place = next(place);
    }
    return place;
  }

  /** Takes a hash that is there out, and closes the gap, so that no search ends early at it. */
  private void clear(int hash) {
    int gap = find(hash);
    table[gap] = null;
    int place = next(gap);
    for (var probe = table[place]; probe != null; probe = table[place]) {
      if (distance(home(probe.hash), place) >= distance(gap, place)) {
        table[gap] = probe;
        table[place] = null;
        gap = place;
      }
      place = next(place);
    }
  }

  private void grow() {
    var before = table;
    table = new @Nullable Probe[2 * before.length];
    for (var probe : before) {
      if (probe != null) {
        table[find(probe.hash)] = probe;
      }
    }
  }

  private int home(int hash) {
    return FingerprintTable.mix(hash) & (table.length - 1);
  }

  private int next(int place) {
    return (place + 1) & (table.length - 1);
  }

  private int distance(int from, int to) {
    return (to - from) & (table.length - 1);
  }

  /** A hash as an entry. */
  private static final class Probe implements Element {
    private final int hash;
    private int index;
    private boolean read;

    Probe(int hash) {
      this.hash = hash;
    }

    @Override
    public int hash() {
      return hash;
    }

    @Override
    public int weight() {
      return 1;
    }

    @Override
    public long deadline() {
      return dev.larder.Life.FOREVER;
    }

    @Override
    public boolean takeReference() {
      boolean was = read;
      read = false;
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
