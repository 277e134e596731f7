package dev.larder.spi;

/**
 * Told of a sample of accesses by hash: for the shadows of a policy, the miss-ratio curve and
 * recordings. Must be quick and never block.
 */
@FunctionalInterface
public interface Tap {

  /** One sampled access. */
  void access(int keyHash, boolean hit, int weight);

  /** Told of everything, does nothing. */
  static Tap none() {
    return (keyHash, hit, weight) -> {};
  }
}
