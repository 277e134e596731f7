package dev.larder;

/**
 * What one tier of a cache holds and did. Hits and evictions count since the cache was opened or
 * its statistics were reset; hits only while statistics are on.
 *
 * @param name the tier: {@code memory}, or the word of the place behind it
 * @param hits reads that this tier answered
 * @param evictions entries, or copies in a tier in front, that left this tier for space
 * @param size entries in it now
 * @param estimatedBytes what they take, 0 when unknown
 */
public record TierStats(String name, long hits, long evictions, long size, long estimatedBytes) {}
