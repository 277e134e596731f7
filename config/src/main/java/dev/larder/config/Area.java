package dev.larder.config;

/** The parts of a configuration. */
enum Area {
  /** What is none of a cache's. */
  TOP(""),
  /** What fills in for all caches. */
  DEFAULTS("defaults."),
  /** One cache, or those of a pattern. */
  CACHE("caches.");

  private final String prefix;

  Area(String prefix) {
    this.prefix = prefix;
  }

  /** What its key paths begin with. */
  String prefix() {
    return prefix;
  }
}
