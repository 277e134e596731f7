package dev.larder.disk;

import java.util.Locale;

/** When a write counts as safe. */
enum Durability {
  /** Never forced: a loss of power may cost what the system had not written yet. */
  NONE,
  /** Committed and forced together with others, every so often. */
  INTERVAL,
  /** A write returns when it is committed and forced. */
  EACH_WRITE;

  /** The word in the configuration. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
