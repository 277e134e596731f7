package dev.larder.engine.policy;

import java.util.List;

/*
 * Which settings suit cannot be known beforehand. Recency wants nearly everything for the filter, a
 * fixed popularity wants the smallest filter and a count of uses, a loop longer than the cache the
 * smallest filter without a count, because that would keep what the next loop does not want; most
 * work is in between. So five small caches, one for each choice, are fed every access to a sample of
 * the keys, and the settings of the one that hits most are taken. What such a sample tells of a
 * large cache: Waldspurger et al., "Cache Modeling and Optimization using Miniature Simulations",
 * USENIX ATC 2017.
 *
 * A key is in the sample when the upper bits of its mixed hash are zero. How many bits follows from
 * how many entries are held: none for less than 512, and one more with each doubling, so that the
 * shadows hold 256 to 511 hashes each, whatever the size of the cache and whatever its bounds are
 * counted in. Shadows are as full as their cache: as long as that has not had to evict they do not
 * either.
 *
 * Hits are counted with exponential decay over several times as many accesses as a shadow holds.
 * Chance gives one shadow a lead over another all the time. Over n accesses, on a share d of which
 * one of the two hit and the other did not, the lead has a standard deviation of sqrt(d / n) if
 * neither is better. So only a lead of more than twice that changes the settings.
 */
/**
 * The settings that would have served best lately. Single-threaded; a constant price per access
 * told; about 120 kB for any cache of more than five hundred entries.
 */
final class Shadows {
  private static final List<RingSettings> CHOICES =
      List.of(
          new RingSettings(1, 0),
          new RingSettings(1, 3),
          new RingSettings(10, 3),
          new RingSettings(40, 3),
          new RingSettings(95, 3));

  private static final int START = 2;
  private static final int MOST_SAMPLED = 511;
  private static final int FEW_SAMPLED = 192;

  /** How far back hits count, in accesses for each hash that a shadow can hold. */
  private static final int MEMORY = 8;

  private static final int JUDGEMENTS_PER_MEMORY = 64;
  private static final double DEVIATIONS = 2;

  private final Shadow[] shadows = CHOICES.stream().map(Shadow::new).toArray(Shadow[]::new);
  private Shadow best = shadows[START];
  private int sampleBits;
  private int capacity = Integer.MAX_VALUE;
  private long heard;
  private int untilJudgement;

  /** The settings to use. */
  RingSettings best() {
    return best.settings;
  }

  /** Whether accesses to the key of this hash are to be told. */
  boolean sample(int hash) {
    return sampleBits == 0 || sampleOrder(hash) >>> (Integer.SIZE - sampleBits) == 0;
  }

  /** A key that is sampled was read or has arrived. */
  void access(int hash) {
    int room = Math.max(1, capacity >> sampleBits);
    heard++;
    for (var shadow : shadows) {
      shadow.access(hash, room);
    }
    double memory = memory(room);
    for (var shadow : shadows) {
      shadow.rate(best, 1 / memory);
    }
    if (--untilJudgement <= 0 && capacity != Integer.MAX_VALUE) {
      untilJudgement = 1 + MEMORY * room / JUDGEMENTS_PER_MEMORY;
      judge(memory);
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
        shadow.retain(this::sample);
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

  private void judge(double memory) {
    var leader = best;
    for (var shadow : shadows) {
      double chance = DEVIATIONS * Math.sqrt(shadow.disagreement() / memory);
      if (shadow.ratio() > best.ratio() + chance && shadow.ratio() > leader.ratio()) {
        leader = shadow;
      }
    }
    best = leader;
  }

  /** How many accesses count, as many as have been heard at first. */
  private double memory(int room) {
    return Math.min(heard, (long) MEMORY * Math.min(room, MOST_SAMPLED));
  }

  /** The shadows use the same hashes for other purposes; this must not depend on those. */
  private static int sampleOrder(int hash) {
    return FingerprintTable.mix(hash * 0x9e3779b9 + 0x7f4a7c15);
  }
}
