package dev.larder.disk;

import dev.larder.Bounds;
import dev.larder.CacheSpec;
import dev.larder.RemovalCause;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a cache within its bounds: what has expired leaves first, then the entries accessed longest
 * ago, ties in the order of keys. One thread at a time; it commits first, tells the table which of
 * the rows it finds were accessed since, so that they move in the order, and takes a few more than
 * it must, so that not every write has to evict.
 */
final class Evictor {
  private static final int BATCH = 256;

  /** What is evicted beyond need is at most this part of the cache. */
  private static final int SHARE = 32;

  private static final int SMALLEST_PAGE = 8;

  /**
   * So often the rows accessed since are moved in the order before the walk goes on; from then on
   * they are passed by.
   */
  private static final int MOST_MOVES = 64;

  private static final System.Logger LOG = System.getLogger("dev.larder");

  private final Entries entries;
  private final Flusher flusher;
  private final CacheSpec<?, ?> spec;
  private final ReentrantLock evicting = new ReentrantLock();
  private volatile Bounds bounds;

  Evictor(Entries entries, Flusher flusher, CacheSpec<?, ?> spec) {
    this.entries = entries;
    this.flusher = flusher;
    this.spec = spec;
    this.bounds = spec.bounds();
  }

  Bounds bounds() {
    return bounds;
  }

  /**
   * Evicts what is too much after a write. A disk that fails keeps no write from being done; the
   * bound holds again when it has recovered.
   *
   * @param newcomer what was written, which stays unless it is too large alone
   */
  void afterWrite(@Nullable Row newcomer) {
    if (!over()) {
      return;
    }
    try {
      evicting.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      makeRoom(newcomer);
    } catch (StoreException e) {
      LOG.log(Level.DEBUG, "evicting has to wait for the disk", e);
    } finally {
      evicting.unlock();
    }
  }

  private long makeRoom(@Nullable Row newcomer) {
    long left = 0;
    var now = entries.clock().exact();
    if (newcomer != null && tooLarge(newcomer) && entries.evict(newcomer, now) != null) {
      left++;
    }
    return over() ? left + new Pass(newcomer).run() : left;
  }

  private boolean tooLarge(Row row) {
    var most = bounds;
    return most.entries() == 0 || row.weight() > most.weight() || row.size() > most.bytes();
  }

  private boolean over() {
    var most = bounds;
    var sums = entries.overlay().sums();
    return sums.entries() > most.entries()
        || sums.weight() > most.weight()
        || sums.bytes() > most.bytes();
  }

  /** Evicts so many entries, fewer when there are not as many; gives how many. */
  long evict(int most) {
    evicting.lock();
    try {
      return new Pass(null).evict(most);
    } finally {
      evicting.unlock();
    }
  }

  /** Lives by other bounds from now on; gives how many entries had to leave. */
  long resize(Bounds wanted) {
    if (wanted.weight() != Bounds.NONE && spec.bounds().weight() == Bounds.NONE) {
      throw new IllegalArgumentException(
          "cache '"
              + spec.name()
              + "' was created without a weigher and can have no bound by weight");
    }
    evicting.lock();
    try {
      bounds = wanted;
      return makeRoom(null);
    } finally {
      evicting.unlock();
    }
  }

  /** One walk from the coldest entry on. */
  private final class Pass {
    private final @Nullable Row newcomer;
    private @Nullable Row last;
    private boolean ended;
    private int moves;

    Pass(@Nullable Row newcomer) {
      this.newcomer = newcomer;
      flusher.flush(false);
    }

    /** The next rows, none of which was accessed since the table was told. */
    private List<Row> page(long wanted) {
      var limit = (int) Math.max(SMALLEST_PAGE, Math.min(BATCH, wanted));
      var rows = rows(limit);
      for (var moved = moved(rows); !moved.isEmpty() && moves < MOST_MOVES; moved = moved(rows)) {
        moves++;
        flusher.flush(moved);
        limit = Math.min(BATCH, 2 * limit);
        rows = rows(limit);
      }
      ended = rows.size() < limit;
      last = rows.isEmpty() ? last : rows.get(rows.size() - 1);
      return rows;
    }

    private List<Row> rows(int limit) {
      var table = entries.table();
      return last == null ? table.coldest(limit) : table.coldestAfter(last, limit);
    }

    /** Those that lie further on in the order than the table knows. */
    private List<Bytes> moved(List<Row> rows) {
      return entries.overlay().recency().isEmpty()
          ? List.of()
          : rows.stream().filter(this::moved).map(Row::key).toList();
    }

    private boolean moved(Row row) {
      return entries.overlay().recency().of(row.key()) > row.accessedAt();
    }

    long run() {
      var sums = entries.overlay().sums();
      var left = expired();
      var spare = Math.max(0, Math.min(BATCH - 1, sums.entries() / SHARE) - left);
      if (!over() && (spare == 0 || roomy())) {
        return left;
      }
      do {
        for (var row : page(sums.entries() - bounds.entries() + spare)) {
          var must = over();
          if (!must && (spare == 0 || roomy())) {
            return left;
          }
          if (helps(row) && entries.evict(row, entries.clock().exact()) != null) {
            left++;
            spare -= must ? 0 : 1;
          }
        }
      } while (over() && !ended);
      return left;
    }

    /** What has expired goes first, as far as the table knows of it. */
    private long expired() {
      var now = entries.clock().exact();
      return entries.table().expired(now, BATCH).stream()
          .filter(row -> !moved(row) && entries.expire(row.key(), now))
          .count();
    }

    /** What was just written stays; what weighs nothing makes no room for weight. */
    private boolean helps(Row row) {
      if (newcomer != null && row.key().equals(newcomer.key())) {
        return false;
      }
      var most = bounds;
      var sums = entries.overlay().sums();
      return row.weight() > 0
          || sums.entries() > most.entries()
          || sums.bytes() > most.bytes()
          || sums.weight() <= most.weight();
    }

    /** Whether there is so much room that the next writes need not evict. */
    private boolean roomy() {
      var most = bounds;
      var sums = entries.overlay().sums();
      return sums.entries() <= most.entries() - most.entries() / SHARE
          && sums.weight() <= most.weight() - most.weight() / SHARE
          && sums.bytes() <= most.bytes() - most.bytes() / SHARE;
    }

    long evict(long most) {
      long left = 0;
      while (left < most && !ended) {
        for (var row : page(most - left)) {
          if (left < most && entries.evict(row, entries.clock().exact()) == RemovalCause.EVICTED) {
            left++;
          }
        }
      }
      return left;
    }
  }
}
