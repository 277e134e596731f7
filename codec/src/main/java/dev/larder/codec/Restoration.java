package dev.larder.codec;

import dev.larder.SnapshotException;
import dev.larder.codec.Snapshots.Downtime;
import dev.larder.codec.Snapshots.Restored;
import dev.larder.spi.Inventory;
import dev.larder.spi.Kept;

/**
 * Puts a verified file back into a cache. The first reading decodes everything and counts what is
 * alive, so that nothing of a file that cannot be read through gets into the cache, and the coldest
 * that would have to leave again need not come; the second puts back.
 */
final class Restoration<K, V> {
  /** In milliseconds; longer ones, which only a forged file has, would overflow differences. */
  private static final long LONGEST_DOWNTIME = Long.MAX_VALUE / 2;

  private final Inventory<K, V> cache;
  private final SnapshotReader<K, V> reader;
  private final Downtime downtime;
  private long since;
  private long alive;
  private long surplus;
  private long expired;
  private long seen;
  private long present;
  private long restored;

  Restoration(Inventory<K, V> cache, SnapshotFile file, Downtime downtime) {
    this.cache = cache;
    this.reader = new SnapshotReader<>(cache, file);
    this.downtime = downtime;
  }

  Restored run() {
    var now = cache.clock().exact();
    since = now;
    reader.read(entry -> count(entry, now));
    surplus = Math.max(0, alive - cache.capacity());
    try {
      reader.read(this::putBack);
    } catch (SnapshotException e) {
      throw new SnapshotException(
          e.getMessage() + "; " + restored + " entries, good ones, are back", e);
    }
    return new Restored(restored, expired, present, surplus, reader.savedAt());
  }

  private void count(Kept<K, V> entry, long now) {
    if (downtime == Downtime.COUNTS && since == now) {
      since = Math.max(Math.min(now, reader.savedAtMillis()), now - LONGEST_DOWNTIME);
    }
    if (entry.left().life() > now - since) {
      alive++;
    }
  }

  /** Time goes on while entries are put back. */
  private void putBack(Kept<K, V> entry) {
    var left = entry.left().after(cache.clock().exact() - since);
    if (left.life() == 0) {
      expired++;
      return;
    }
    var place = seen++ - surplus;
    if (place < 0) {
      return;
    }
    var hot = left.hot() || place >= (alive - surplus) / 2;
    if (cache.putBack(new Kept<>(entry.key(), entry.value(), left.hot(hot)))) {
      restored++;
    } else {
      present++;
    }
  }
}
