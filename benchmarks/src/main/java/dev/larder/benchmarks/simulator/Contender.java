package dev.larder.benchmarks.simulator;

/**
 * Something to replay traces against.
 *
 * @param name as the command line knows it
 * @param origin where it comes from
 * @param weights whether it can bound what its entries weigh
 * @param maker makes an empty cache of a capacity in entries, or in weight for a trace with weights
 */
record Contender(String name, Origin origin, boolean weights, Maker maker) {
  /** Where a contender comes from. */
  enum Origin {
    /** A policy of Larder, through its SPI. */
    LARDER,
    /** Another cache, as it is published. */
    PEER,
    /** A policy from the literature, built here for comparison. */
    REFERENCE
  }

  /** Makes an empty cache. */
  @FunctionalInterface
  interface Maker {
    Simulation make(Trace trace, long capacity);
  }
}
