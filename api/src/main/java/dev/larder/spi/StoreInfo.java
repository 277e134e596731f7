package dev.larder.spi;

import dev.larder.Bounds;
import dev.larder.TierStats;
import java.util.List;
import java.util.Map;

/**
 * How a store is. Cheap to get: no scan; in a store that is not in this process one request, and
 * what was last known while it does not answer.
 *
 * @param bounds the bounds in force
 * @param size entries, expired ones not yet removed included
 * @param weight the sum of weights
 * @param bytes estimated size in bytes, 0 when unknown
 * @param peakSize the largest size seen
 * @param evictions entries that left for space
 * @param expirations entries that left because their time ran out
 * @param problems what is wrong, in words; empty when nothing is
 * @param details the state of its parts by name
 * @param tiers what it is made of, the fastest first; empty for a store of one tier
 */
public record StoreInfo(
    Bounds bounds,
    long size,
    long weight,
    long bytes,
    long peakSize,
    long evictions,
    long expirations,
    List<String> problems,
    Map<String, String> details,
    List<TierStats> tiers) {

  /** Of a store of one tier. */
  public StoreInfo(
      Bounds bounds,
      long size,
      long weight,
      long bytes,
      long peakSize,
      long evictions,
      long expirations,
      List<String> problems,
      Map<String, String> details) {
    this(
        bounds,
        size,
        weight,
        bytes,
        peakSize,
        evictions,
        expirations,
        problems,
        details,
        List.of());
  }
}
