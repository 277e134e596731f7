package dev.larder.spi;

/** How far a batch hangs together. */
public enum Unit {
  /** Each step succeeds or fails by itself. */
  EACH,
  /** All steps or none; a store that cannot, refuses when the batch comes. */
  ALL_OR_NOTHING
}
