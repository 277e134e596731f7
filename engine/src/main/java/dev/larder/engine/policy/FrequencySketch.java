package dev.larder.engine.policy;

import java.util.Arrays;

/*
 * Four rows of 4-bit counters, interleaved: each word of the table has four counters of each row. A
 * hash picks one word for each row, and in it one of the four counters of that row:
 *
 *    63        48        32        16         0
 *    | 3 2 1 0 | 3 2 1 0 | 3 2 1 0 | 3 2 1 0 |     the row that a counter belongs to
 *
 * The frequency is the least of the four. The index of a word is taken from the low bits, so when the
 * table doubles each half is a copy of the whole and no count is lost.
 */
/**
 * How often hashes were seen lately, at most 15 times, never underestimated but for ageing: a
 * count-min sketch whose counters are halved after each ten hashes for an entry (Einziger,
 * Friedman, Manes: "TinyLFU: A highly efficient cache admission policy", ACM ToS 2017). 8 to 16
 * bytes for an entry. O(1), amortized.
 */
final class FrequencySketch {
  private static final int ROWS = 4;
  private static final int SMALLEST = 64;
  private static final int LARGEST = 1 << 28;
  private static final int MAXIMUM_COUNT = 15;
  private static final int HASHES_PER_ENTRY = 10;
  private static final long LOWEST_BITS = 0x1111111111111111L;
  private static final long LOWER_THREE_BITS = 0x7777777777777777L;

  private long[] table = new long[SMALLEST];
  private long period = (long) HASHES_PER_ENTRY * SMALLEST;
  private long counted;

  /** Changes how many entries there are to be compared. */
  void expect(int entries) {
    period = (long) HASHES_PER_ENTRY * Math.max(1, entries);
    while (table.length < entries && table.length < LARGEST) {
      int length = table.length;
      table = Arrays.copyOf(table, 2 * length);
      System.arraycopy(table, 0, table, length, length);
    }
  }

  /** How often the hash was seen lately, 0 to 15. */
  int frequency(int hash) {
    int first = mix(hash);
    int second = mix(first);
    int least = MAXIMUM_COUNT;
    for (int row = 0; row < ROWS; row++) {
      long count = table[word(first, second, row)] >>> shift(second, row) & MAXIMUM_COUNT;
      least = Math.min(least, (int) count);
    }
    return least;
  }

  /** The hash was seen. */
  void count(int hash) {
    int first = mix(hash);
    int second = mix(first);
    boolean added = false;
    for (int row = 0; row < ROWS; row++) {
      int word = word(first, second, row);
      int shift = shift(second, row);
      if ((table[word] >>> shift & MAXIMUM_COUNT) < MAXIMUM_COUNT) {
        table[word] += 1L << shift;
        added = true;
      }
    }
    if (added && ++counted >= period) {
      age();
    }
  }

  private void age() {
    long odd = 0;
    for (int word = 0; word < table.length; word++) {
      odd += Long.bitCount(table[word] & LOWEST_BITS);
      table[word] = table[word] >>> 1 & LOWER_THREE_BITS;
    }
    // What the halving of odd counts cut off was not counted twice.
    counted = (counted - odd / ROWS) / 2;
  }

  private int word(int first, int second, int row) {
    return (first + row * (second | 1)) & (table.length - 1);
  }

  /** Where in its word the counter of a row begins. */
  private static int shift(int second, int row) {
    int counter = second >>> (Integer.SIZE - 2 * (row + 1)) & (ROWS - 1);
    return 4 * (ROWS * counter + row);
  }

  /** The finalizer of MurmurHash3, as in {@link FingerprintTable}. */
  private static int mix(int hash) {
    return FingerprintTable.mix(hash);
  }
}
