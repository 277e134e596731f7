package dev.larder.engine.policy;

import java.util.Arrays;

/*
 * How large a filter suits cannot be known beforehand: loops want the smallest, recency wants nearly
 * everything, most work something between. So four small caches, one for each share, are fed every
 * access to a sample of the keys, and the share of the one that hits most is taken. What such a
 * sample tells of a large cache: Waldspurger et al., "Cache Modeling and Optimization using
 * Miniature Simulations", USENIX ATC 2017.
 *
 * A key is in the sample when the upper bits of its mixed hash are zero. How many bits follows from
 * how many entries are held: none for less than 1,024, and one more with each doubling, so that the
 * shadows hold 512 to 1,023 hashes each, whatever the size of the cache and whatever its bounds are
 * counted in. Shadows are as full as their cache: as long as that has not had to evict they do not
 * either.
 *
 * The hits are counted with exponential decay, over about sixteen times as many accesses as a shadow
 * holds: long enough that chance does not decide, short enough that a change of the work shows. The
 * share changes only for a lead that is worth it.
 */
/**
 * The share of the filter that would have served best lately. Single-threaded; a constant price per
 * access told, about 200 kB for any cache of more than a thousand entries.
 */
final class FilterShare {
  /** The shares to choose from, in percent. */
  private static final int[] SHARES = {1, 10, 40, 95};

  private static final int START = 1;
  private static final int MOST_SAMPLED = 1_023;
  private static final int FEW_SAMPLED = 384;
  private static final int MEMORY = 16;
  private static final int JUDGEMENTS_PER_MEMORY = 128;
  private static final double LEAD = 0.002;

  private final Shadow[] shadows;
  private final double[] ratios = new double[SHARES.length];
  private int current = START;
  private int sampleBits;
  private int capacity = Integer.MAX_VALUE;
  private int heard;
  private int untilJudgement;

  FilterShare() {
    shadows = Arrays.stream(SHARES).mapToObj(Shadow::new).toArray(Shadow[]::new);
  }

  /** The share in percent. */
  int percent() {
    return SHARES[current];
  }

  /** Whether accesses to the key of this hash are to be told. */
  boolean samples(int hash) {
    return sampleBits == 0 || sampleOrder(hash) >>> (Integer.SIZE - sampleBits) == 0;
  }

  /** A key that is sampled was read or has arrived. */
  void access(int hash) {
    int room = capacity >> sampleBits;
    double gain = 1.0 / Math.min(++heard, MEMORY * (long) Math.min(room, MOST_SAMPLED));
    for (int arm = 0; arm < shadows.length; arm++) {
      boolean hit = shadows[arm].access(hash, Math.max(1, room));
      ratios[arm] += ((hit ? 1 : 0) - ratios[arm]) * gain;
    }
    if (--untilJudgement <= 0 && capacity != Integer.MAX_VALUE) {
      untilJudgement = 1 + MEMORY * room / JUDGEMENTS_PER_MEMORY;
      judge();
    }
  }

  /** An entry whose key is sampled left without being evicted. */
  void removed(int hash) {
    for (var shadow : shadows) {
      shadow.remove(hash);
    }
  }

  /** The cache holds so many entries. */
  void holds(int entries) {
    while (entries >> sampleBits > MOST_SAMPLED) {
      sampleBits++;
      for (var shadow : shadows) {
        shadow.retain(this::samples);
      }
    }
  }

  /** The cache cannot hold more than so many entries now. */
  void isFull(int entries) {
    capacity = Math.max(1, entries);
    while (sampleBits > 0 && capacity >> sampleBits < FEW_SAMPLED) {
      sampleBits--;
    }
  }

  private void judge() {
    int best = current;
    for (int arm = 0; arm < ratios.length; arm++) {
      if (ratios[arm] > ratios[best]) {
        best = arm;
      }
    }
    if (ratios[best] > ratios[current] + LEAD) {
      current = best;
    }
  }

  /** The shadows use the same hashes for other purposes; this must not depend on those. */
  private static int sampleOrder(int hash) {
    return Ghosts.mix(hash * 0x9e3779b9 + 0x7f4a7c15);
  }
}
