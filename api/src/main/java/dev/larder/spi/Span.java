package dev.larder.spi;

/**
 * Something that takes time, as flight recordings see it; begun by {@link FlightEvents}. It may end
 * on another thread than the one it began on. What is never ended is not recorded.
 */
@FunctionalInterface
public interface Span {
  /** Records nothing. */
  Span NONE = outcome -> {};

  /** What came of it. Called once. */
  void ended(Outcome outcome);

  /** What can come of it. */
  enum Outcome {
    /** What was asked for. */
    DONE,
    /** There was nothing. */
    NOTHING,
    /** It threw, ran out of time or was refused. */
    FAILED
  }
}
