package dev.larder.codec;

import dev.larder.Cache;
import dev.larder.Checks;
import dev.larder.SnapshotException;
import dev.larder.spi.Inventory;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Saves the entries of a cache to a file and puts them back, so that a restart is warm.
 *
 * <p>A file is replaced atomically: whoever opens it finds the old snapshot or the new one, never a
 * part. It carries the version of its format and a SHA-256 of its whole content, which is compared
 * before anything else: a file that is cut, altered, of a newer format, or of another cache's types
 * is refused whole, with a {@link SnapshotException} that names the file, the place and what is
 * allowed, and the cache is as it was before. The checksum is against accidents; it is no
 * signature.
 *
 * <p>What is kept of an entry: key, value, what is left of its life, whether it had a life of its
 * own, its place in the order of eviction, and whether it was read since the policy last looked.
 * Expired entries are left out, when saving and when restoring.
 *
 * <p>Memory is bounded whatever the size: entries pass one by one, besides one reference an entry
 * of an in-memory cache while it is saved. Both methods run on the calling thread, may run while
 * other threads use the cache, and several at once; an interrupt ends them.
 */
public final class Snapshots {
  private Snapshots() {}

  /** How a file is written. */
  public enum Format {
    /**
     * JSON text (RFC 8259), one entry a line, for people. Strings, numbers, booleans, UUIDs and
     * what the {@code json} codec knows stand as such, other values as base64 of the bytes that the
     * cache's codec gives.
     */
    JSON,
    /**
     * CBOR (RFC 8949), compact: keys and values as the bytes that the cache's codec gives, or where
     * none was chosen and one is needed, the codec {@code cbor}.
     */
    CBOR
  }

  /** What the time between saving and restoring does to lives. */
  public enum Downtime {
    /**
     * It passes: an entry expires when it would have expired without the restart, by the clocks of
     * the two caches. A clock that is behind the time of saving counts as no time passed.
     */
    COUNTS,
    /** It does not: an entry lives on for as long as it had left when it was saved. */
    IGNORED
  }

  /**
   * What was saved.
   *
   * @param entries how many entries
   * @param bytes the length of the file
   */
  public record Saved(long entries, long bytes) {}

  /**
   * What was restored.
   *
   * @param entries how many entries were put back; some may have been evicted since
   * @param expired how many were left out because their time had run out
   * @param present how many were left out because the key had an entry, which is newer
   * @param surplus how many of the coldest were left out because the cache may hold fewer entries
   * @param savedAt when the snapshot was taken, by the clock of the cache it is of
   */
  public record Restored(long entries, long expired, long present, long surplus, Instant savedAt) {}

  /**
   * Saves the live entries. Weakly consistent: an entry that is written meanwhile is saved as it
   * was or as it is, always with a value and a remaining life that belong together. No access, not
   * counted. The first key and value of each class are read back, so that what cannot be restored
   * is found now.
   *
   * @param file where; its directory must exist and be writable, since the new content is written
   *     beside it first. On POSIX systems only the owner may read the file.
   * @throws SnapshotException when the file cannot be written, or a key or value has no form; the
   *     file is as it was then
   * @throws IllegalArgumentException when the cache was not made by a {@link dev.larder.Larder}
   */
  public static <K, V> Saved save(Cache<K, V> cache, Path file, Format format) {
    Checks.notNull(file, "file");
    return new SnapshotWriter<>(inventory(cache), Layout.of(Checks.notNull(format, "format")))
        .save(file);
  }

  /** As {@link #restore(Cache, Path, Downtime)}; the downtime counts. */
  public static <K, V> Restored restore(Cache<K, V> cache, Path file) {
    return restore(cache, file, Downtime.COUNTS);
  }

  /**
   * Puts the entries of a file back, of either format, coldest first, so that the hottest are the
   * last to leave; those of the hotter half count as read once. Keys that have an entry keep it.
   * The writer is not called, the expiry rule not asked, nothing counts as put; listeners hear of
   * each entry as created. Entries without a life of their own live no longer than the cache's rule
   * would now give, and go on under that rule.
   *
   * <p>The file is read three times: for the checksum, to decode everything, and to put it back.
   * Only what was verified is ever used: a file that changes meanwhile ends the third reading with
   * a {@link SnapshotException} that says how many entries, good ones, are back by then.
   *
   * @param cache an open cache of the same key and value types and schema version; another name,
   *     other bounds and another policy are fine
   * @throws SnapshotException when the file is refused; nothing is changed
   * @throws IllegalArgumentException when the cache was not made by a {@link dev.larder.Larder}
   * @throws dev.larder.HookException when a weigher fails; entries put back before stay
   */
  public static <K, V> Restored restore(Cache<K, V> cache, Path file, Downtime downtime) {
    Checks.notNull(downtime, "downtime");
    var inventory = inventory(cache);
    try (var verified = SnapshotFile.open(Checks.notNull(file, "file"))) {
      return new Restoration<>(inventory, verified, downtime).run();
    }
  }

  @SuppressWarnings("unchecked") // a cache is an inventory of what it holds
  private static <K, V> Inventory<K, V> inventory(Cache<K, V> cache) {
    if (Checks.notNull(cache, "cache") instanceof Inventory<?, ?> inventory) {
      return (Inventory<K, V>) inventory;
    }
    throw new IllegalArgumentException(
        "a snapshot needs a cache made by dev.larder.Larder, not a " + cache.getClass().getName());
  }
}
