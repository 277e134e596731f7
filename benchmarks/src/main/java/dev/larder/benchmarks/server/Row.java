package dev.larder.benchmarks.server;

import java.util.List;

/**
 * One line of the comparison.
 *
 * @param title what is asked
 * @param against whom Larder is measured against, {@link #NOBODY} for by itself
 * @param entries stored before over the Redis protocol, 0 where it does not matter
 * @param bytes the length of their values
 * @param ask how it is asked
 * @param goals what it shall reach
 */
record Row(String title, String against, int entries, int bytes, Ask ask, List<Goal> goals) {
  static final String NOBODY = "";

  /** Which figure counts. */
  enum Figure {
    /** Larder's rate as a multiple of the other's. */
    RATIO,
    /** Requests a second. */
    RATE,
    /** Milliseconds that 99 % did not exceed; less is better. */
    P99
  }

  /**
   * What a row shall reach.
   *
   * @param times by which a rate is multiplied first: the entries in a batch
   */
  record Goal(Figure figure, double times, double target, double aim) {
    static Goal ratio(double target, double aim) {
      return new Goal(Figure.RATIO, 1, target, aim);
    }

    static Goal rate(double times, double target) {
      return new Goal(Figure.RATE, times, target, target);
    }

    static Goal p99(double target, double aim) {
      return new Goal(Figure.P99, 1, target, aim);
    }

    double measured(Sample ours, Sample theirs) {
      return switch (figure) {
        case RATIO -> ours.rate() / theirs.rate();
        case RATE -> ours.rate() * times;
        case P99 -> ours.p99();
      };
    }

    String verdict(double measured) {
      var less = figure == Figure.P99;
      if (less ? measured <= aim : measured >= aim) {
        return target == aim ? "met" : "aim";
      }
      return (less ? measured <= target : measured >= target) ? "target" : "missed";
    }
  }

  static Row redis(String title, int bytes, RedisBenchmark ask, Goal... goals) {
    return new Row(title, Peers.REDIS, RedisBenchmark.KEYS, bytes, ask, List.of(goals));
  }

  static Row http(String title, Ask ask, Goal... goals) {
    return new Row(title, Peers.BARE, 0, 0, ask, List.of(goals));
  }

  static Row alone(String title, Ask ask, Goal... goals) {
    return new Row(title, NOBODY, 0, 0, ask, List.of(goals));
  }
}
