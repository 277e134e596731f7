package dev.larder.benchmarks.server;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What came of one turn.
 *
 * @param rate requests a second
 * @param p99 milliseconds that 99 % of the requests did not exceed
 */
public record Sample(double rate, double p99) {

  /** The median of each figure by itself. */
  public static Sample median(List<Sample> samples) {
    return new Sample(median(samples, Sample::rate), median(samples, Sample::p99));
  }

  static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    return median(samples.stream().mapToDouble(figure).toArray());
  }

  public static double median(double... figures) {
    var sorted = figures.clone();
    Arrays.sort(sorted);
    var middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
