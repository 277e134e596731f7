package dev.larder.benchmarks.remote;

import dev.larder.benchmarks.Keys;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What one thread asks for next. All objects are there beforehand. */
final class Draw {
  static final int ENTRIES = 10_000;

  /** The length of values. */
  static final int BYTES = 100;

  private static final String[] KEYS = names();
  private static final byte[] VALUE = new byte[BYTES];

  static {
    new SplittableRandom(BYTES).nextBytes(VALUE);
  }

  /** Only made where copies are read. */
  private static final class Numbers {
    static final Long[] DRAWN =
        Keys.zipf(Keys.universe(CopySubject.ENTRIES), 4 * CopySubject.ENTRIES);
  }

  private final SplittableRandom random;
  private final int thread;
  private int place;

  Draw(int thread, long seed) {
    this.thread = thread;
    this.random = new SplittableRandom(seed + thread);
    this.place = thread * 7_919;
  }

  /** Keys that do not come in the order of their numbers, as those of users do not. */
  private static String[] names() {
    var names = new String[ENTRIES];
    for (var number = 0; number < ENTRIES; number++) {
      names[number] = "user:" + Integer.toHexString(number * 0x9E3779B1) + ":" + number;
    }
    return names;
  }

  /** All that a server is to hold. */
  static Map<String, byte[]> entries(int from, int to) {
    var entries = new LinkedHashMap<String, byte[]>();
    for (var number = from; number < to; number++) {
      entries.put(KEYS[number], VALUE);
    }
    return entries;
  }

  int thread() {
    return thread;
  }

  String key() {
    return KEYS[random.nextInt(ENTRIES)];
  }

  /** Different ones. */
  List<String> keys(int count) {
    var from = random.nextInt(ENTRIES - count);
    return Arrays.asList(KEYS).subList(from, from + count);
  }

  byte[] value() {
    return VALUE;
  }

  /** By Zipf's law. */
  Long number() {
    return Numbers.DRAWN[place++ & (Numbers.DRAWN.length - 1)];
  }
}
