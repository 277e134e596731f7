package dev.larder.benchmarks.disk;

import java.util.Locale;

/** What is done. */
enum Operation {
  HOT_GET("get, hit in memory", false),
  COLD_GET("get, hit on disk", false),
  PUT("put", true),
  BATCH("put, batch of 100", true),
  MIX("80 % get, 20 % put", true);

  private final String title;
  private final boolean writes;

  Operation(String title, boolean writes) {
    this.title = title;
    this.writes = writes;
  }

  String title() {
    return title;
  }

  boolean writes() {
    return writes;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
