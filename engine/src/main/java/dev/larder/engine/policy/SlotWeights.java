package dev.larder.engine.policy;

import java.util.Arrays;

/**
 * What the entries weighed when the policy last looked: it must subtract what it once added,
 * whatever an entry says by then. While all weights are 1 nothing is allocated; 4 bytes per slot
 * otherwise.
 */
final class SlotWeights {
  private int[] weights = {};

  /** The weight in a slot, 1 when none was set. */
  int of(int slot) {
    return slot < weights.length ? weights[slot] : 1;
  }

  /**
   * Sets the weight in a slot.
   *
   * @param length how many slots there are
   */
  void set(int slot, int weight, int length) {
    if (weights.length == 0 && weight == 1) {
      return;
    }
    if (weights.length < length) {
      int known = weights.length;
      weights = Arrays.copyOf(weights, length);
      Arrays.fill(weights, known, length, 1);
    }
    weights[slot] = weight;
  }
}
