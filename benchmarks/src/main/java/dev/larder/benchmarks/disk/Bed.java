package dev.larder.benchmarks.disk;

/**
 * What a store holds.
 *
 * @param size the length of its values
 * @param entries how many
 * @param inMemory how many a tier of memory may hold
 */
record Bed(int size, int entries, int inMemory) {
  private static final int MOST_BYTES = 200_000_000;

  /** A hundred times what the tier of memory holds, as far as the disk should be filled. */
  static Bed of(int size, int most) {
    var entries = Math.max(2_000, Math.min(most, MOST_BYTES / size));
    return new Bed(size, entries, Math.max(2 * Worker.HOT, entries / 100));
  }

  String title() {
    return size < 1_024 ? size + " B" : size / 1_024 + " KB";
  }
}
