package dev.larder.engine;

import dev.larder.Life;

/**
 * For how long copies are shown after the authority last confirmed that all changes were told.
 *
 * @param maxStaleness in milliseconds; {@link Life#FOREVER} where nobody else can change entries
 * @param exact whether every read of a copy asks what time it is after it has the value, so that a
 *     process that was stopped shows nothing older; else it goes by the tick
 * @param whileFailing whether a copy that is not fresh is shown when the authority fails
 */
record Freshness(long maxStaleness, boolean exact, boolean whileFailing) {
  /** Nobody else can change entries. */
  static final Freshness ALWAYS = new Freshness(Life.FOREVER, false, false);

  /** Whether there is anything to confirm. */
  boolean limited() {
    return maxStaleness != Life.FOREVER;
  }
}
