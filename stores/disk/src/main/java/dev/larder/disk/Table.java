package dev.larder.disk;

import dev.larder.spi.Bytes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one cache in a file, as last committed. Reads see whole commits only, run beside
 * each other and beside a commit. A row that does not pass its checksum is not shown, is counted,
 * and goes with the next commit. Every method throws {@link dev.larder.StoreException} when the
 * file fails; a file that is ruined is moved aside and replaced, and then has no rows. Safe for all
 * threads; commits of one file come one after the other.
 */
interface Table {
  /** The largest value, encoded, in bytes. */
  int LARGEST_VALUE = 512 << 20;

  /** The row of the key, with or without its value; null when there is none. */
  @Nullable Row read(Bytes key, boolean withValue);

  /** The rows of the keys that have one, with their values. */
  Map<Bytes, Row> readAll(Collection<Bytes> keys);

  /** The rows accessed longest ago, ties in the order of keys, without their values. */
  List<Row> coldest(int limit);

  /** The rows accessed longest ago after this one in that order, with their values. */
  List<Row> coldestAfter(@Nullable Row last, int limit);

  /** Rows whose deadline is not after this instant, the earliest first, without their values. */
  List<Row> expired(long now, int limit);

  /** Rows with numbers below this one, the largest first, with their values. */
  List<Row> below(long id, int limit);

  /** The keys remembered, in their order; without any, those of the rows accessed last. */
  List<Bytes> remembered(int limit);

  /** Remembers these keys instead of others; none forgets them. */
  void remember(List<Bytes> keys);

  /** What the counters said at the last commit. */
  Totals totals();

  /**
   * Applies the changes in one transaction: all or none. Rows to be removed need not be there.
   * After a failure the same changes can be committed again, unless the {@link Watcher} was told
   * that the file was ruined: then nothing that the changes build on is there any more.
   *
   * @param force whether to return only when they would survive a loss of power
   * @return the counters afterwards: those of the changes, or, when damaged rows went with them, as
   *     counted anew
   */
  Totals commit(Changes changes, boolean force);

  /**
   * How often the file was replaced. Changes that were taken before are refused: see {@link
   * Changes#of}.
   */
  default int generation() {
    return 0;
  }

  /** Returns when all that was committed would survive a loss of power; holds nobody up. */
  void force();

  /**
   * Does a bounded piece of work in the background: moves commits from the log into the file,
   * deletes rows of cleared caches, gives room back. To be called about every second, from any
   * thread; when another thread is at it already, returns at once.
   */
  void tick();

  /** What is wrong with the file, in words; empty when nothing is. */
  List<String> problems();

  /** The state of the file by name, such as its path, its bytes, damaged rows seen. */
  Map<String, String> details();

  /** Gives the place back; the file is closed with its last table. Idempotent. */
  void close();

  /** What a table tells the store it is open in. */
  interface Watcher {
    /**
     * The file was ruined and begun anew: no row of it is left. Told once, on the thread that came
     * upon it, before its call goes on; that thread may hold locks of the store.
     */
    void ruined();

    /**
     * As {@link #ruined}, and told before: nobody has committed anything to the new file, and
     * nobody can before this returns. It may not wait for anything, nor use a table.
     */
    default void replaced() {}
  }

  /**
   * The counters of a cache, kept in the transactions that change what they count.
   *
   * @param sequence the largest id or version given out
   * @param entries rows
   * @param weight the sum of weights
   * @param bytes the sum of sizes
   */
  record Totals(long sequence, long entries, long weight, long bytes) {
    /** Of a new cache. */
    static final Totals NONE = new Totals(0, 0, 0, 0);

    boolean possible() {
      return entries >= 0 && weight >= 0 && bytes >= 0;
    }
  }

  /**
   * A new access time and deadline of a row, applied only while the row has that version.
   *
   * @param row the row as it was read, without its value
   * @param accessedAt the access time to set
   * @param deadline the deadline to set
   */
  record Touch(Row row, long accessedAt, long deadline) {}

  /**
   * What one transaction does, in this order.
   *
   * @param clear whether every row goes first; costs the same for any number of rows
   * @param written rows that come, or take the place of the one with their id; with their values
   * @param removed rows that go
   * @param touches rows that get another access time and deadline
   * @param after the counters afterwards
   * @param generation the only {@link Table#generation} in which they make sense, or {@link #ANY}
   */
  record Changes(
      boolean clear,
      Collection<Row> written,
      Collection<Row> removed,
      Collection<Touch> touches,
      Totals after,
      int generation) {
    /** They make sense in every generation. */
    static final int ANY = -1;

    Changes(
        boolean clear,
        Collection<Row> written,
        Collection<Row> removed,
        Collection<Touch> touches,
        Totals after) {
      this(clear, written, removed, touches, after, ANY);
    }

    /** The same, for this generation alone. */
    Changes of(int only) {
      return new Changes(clear, written, removed, touches, after, only);
    }

    /** Whether they make sense in this generation. */
    boolean fit(int now) {
      return generation == ANY || generation == now;
    }
  }
}
