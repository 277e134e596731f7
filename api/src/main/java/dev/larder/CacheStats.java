package dev.larder;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a cache counted, at about one moment: counters are read one after the other while operations
 * go on. They count the calls made through this process; sizes are the store's own.
 *
 * @param hits reads and conditional writes that found an entry
 * @param misses reads and conditional writes that found none
 * @param puts values stored by the user, loads not included
 * @param removals entries removed by the user
 * @param evictions entries that left for space
 * @param expirations entries that left because their time ran out
 * @param loads loader calls that gave a value; a call for several keys is one
 * @param loadFailures loader calls that threw, timed out or gave null
 * @param loadTime the time spent in loaders, successful or not
 * @param size entries now
 * @param weight the sum of weights now; equal to size without a weigher
 * @param peakSize the largest size seen by maintenance
 * @param estimatedBytes what the entries take, estimated; 0 when unknown
 * @param hookFailures listeners and access rules that threw
 * @param misread why reads missed, by cause
 * @param tiers what each tier holds and did, the fastest first; empty where there is only one
 */
public record CacheStats(
    long hits,
    long misses,
    long puts,
    long removals,
    long evictions,
    long expirations,
    long loads,
    long loadFailures,
    Duration loadTime,
    long size,
    long weight,
    long peakSize,
    long estimatedBytes,
    long hookFailures,
    Map<MissCause, Long> misread,
    List<TierStats> tiers) {

  /** Copies map and list. */
  public CacheStats {
    misread = Map.copyOf(misread);
    tiers = List.copyOf(tiers);
  }

  /** Hits as a share of hits and misses; 0 when there were neither. */
  public double hitRate() {
    var reads = hits + misses;
    return reads == 0 ? 0 : (double) hits / reads;
  }
}
