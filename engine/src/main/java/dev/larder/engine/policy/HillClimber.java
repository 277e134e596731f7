package dev.larder.engine.policy;

/**
 * Finds by trial which share of a cache its window should have: it goes on in a direction while the
 * hit ratio rises, turns when it falls, takes smaller and smaller steps, and starts again when the
 * hit ratio jumps (Einziger, Eytan, Friedman, Manes: "Adaptive software cache management",
 * Middleware 2018). The constants are those of the program of its authors.
 */
final class HillClimber {
  private static final int READS_PER_ENTRY = 10;
  private static final double FIRST_STEP = 0.0625;
  private static final double DECAY = 0.98;
  private static final double JUMP = 0.05;

  private long hits;
  private long reads;
  private double ratio;
  private double step = -FIRST_STEP;

  /**
   * Counts a read of a cache that holds so many entries.
   *
   * @return the change of the share that is to be tried next; 0 until ten times as many reads as
   *     there are entries have been counted
   */
  double count(boolean hit, int entries) {
    hits += hit ? 1 : 0;
    reads++;
    return reads < (long) READS_PER_ENTRY * entries ? 0 : climb();
  }

  private double climb() {
    double now = (double) hits / reads;
    double gain = now - ratio;
    double change = gain >= 0 ? step : -step;
    step = Math.abs(gain) >= JUMP ? Math.copySign(FIRST_STEP, change) : DECAY * change;
    ratio = now;
    hits = 0;
    reads = 0;
    return change;
  }
}
