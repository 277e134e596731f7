package dev.larder.benchmarks.simulator;

/**
 * What one contender made of one trace at one size.
 *
 * @param hits accesses that found their entry
 * @param weight what all accesses asked for weighs
 * @param missedWeight what of that was not there
 */
record Outcome(
    String trace,
    String policy,
    Size size,
    long capacity,
    int keys,
    long accesses,
    long hits,
    long weight,
    long missedWeight) {

  /** Hits among all accesses, 0 to 1. */
  double hitRatio() {
    return (double) hits / accesses;
  }

  /** Misses among all accesses, each counted with its weight, 0 to 1. */
  double weightMissRatio() {
    return weight == 0 ? 0 : (double) missedWeight / weight;
  }
}
