package dev.larder.disk;

import dev.larder.spi.Bytes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two commits: by key, the row as it will be, or one without a value, which
 * says that it will be gone; and accesses that move deadlines. Nothing is ever taken out of the
 * rows, so whoever has a generation in hand finds in it all that was put before. Put and touched
 * only under the gate of the {@link Overlay}.
 */
final class Generation {
  /** What a row takes beside its value, roughly. */
  private static final long ROW_OVERHEAD = 250;

  private final ConcurrentHashMap<Bytes, Row> rows;
  private final ConcurrentHashMap<Bytes, Access> accesses;
  private final AtomicInteger count;
  private final AtomicLong bytes;

  /** Whether all that is older is gone. */
  private final boolean clears;

  private volatile boolean committed;

  private Generation(
      boolean clears,
      ConcurrentHashMap<Bytes, Row> rows,
      AtomicInteger count,
      AtomicLong bytes,
      ConcurrentHashMap<Bytes, Access> accesses) {
    this.clears = clears;
    this.rows = rows;
    this.count = count;
    this.bytes = bytes;
    this.accesses = accesses;
  }

  /** One without anything, that may say that all older is gone. */
  static Generation empty(boolean clears) {
    return new Generation(
        clears,
        new ConcurrentHashMap<>(),
        new AtomicInteger(),
        new AtomicLong(),
        new ConcurrentHashMap<>());
  }

  /** This one and an older one that could not be committed; newer rows win. */
  Generation over(Generation older) {
    if (clears) {
      return this;
    }
    older.rows.forEach(this::putIfAbsent);
    older.accesses.forEach(
        (key, access) -> accesses.merge(key, access, (newer, old) -> newer.after(old)));
    return new Generation(older.clears, rows, count, bytes, accesses);
  }

  private void putIfAbsent(Bytes key, Row row) {
    if (rows.putIfAbsent(key, row) == null) {
      count.incrementAndGet();
      bytes.addAndGet(weigh(row));
    }
  }

  void put(Row row) {
    var before = rows.put(row.key(), row);
    var more = weigh(row);
    if (before == null) {
      count.incrementAndGet();
    } else {
      more -= weigh(before);
    }
    bytes.addAndGet(more);
    if (!accesses.isEmpty()) {
      accesses.remove(row.key());
    }
  }

  private static long weigh(Row row) {
    var payload = row.payload();
    return ROW_OVERHEAD + row.key().array().length + (payload == null ? 0 : payload.array().length);
  }

  void touch(Bytes key, Access access) {
    accesses.merge(key, access, (earlier, later) -> later.after(earlier));
  }

  /** The row as it will be, one without a value when it will be gone, null when not known here. */
  @Nullable Row row(Bytes key) {
    return rows.get(key);
  }

  @Nullable Access access(Bytes key) {
    return accesses.isEmpty() ? null : accesses.get(key);
  }

  boolean clears() {
    return clears;
  }

  boolean isEmpty() {
    return !clears && count.get() == 0 && accesses.isEmpty();
  }

  Map<Bytes, Row> rows() {
    return rows;
  }

  Map<Bytes, Access> accesses() {
    return accesses;
  }

  int count() {
    return count.get();
  }

  long bytes() {
    return bytes.get();
  }

  boolean committed() {
    return committed;
  }

  void commit() {
    committed = true;
  }
}
