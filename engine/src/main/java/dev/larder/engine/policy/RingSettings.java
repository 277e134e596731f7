package dev.larder.engine.policy;

/**
 * What can be set about {@link TwoRings}.
 *
 * @param filterPercent the share of the filter, 1 to 99
 * @param mostUses how many rounds without a read an entry of main can earn by being read in others;
 *     0 for a plain clock
 */
record RingSettings(int filterPercent, int mostUses) {}
