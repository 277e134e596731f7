package dev.larder.benchmarks;

import java.util.List;

/** Against what operations are counted. */
enum Measure {
  WALL("operations per microsecond") {
    @Override
    double rate(List<Sample> samples) {
      return Sample.rate(samples);
    }
  },

  /** For machines on which something else runs. Background threads of a cache count, too. */
  PROCESSOR("operations per microsecond of processor time") {
    @Override
    double rate(List<Sample> samples) {
      return Sample.cpuRate(samples);
    }
  };

  private final String title;

  Measure(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  abstract double rate(List<Sample> samples);
}
