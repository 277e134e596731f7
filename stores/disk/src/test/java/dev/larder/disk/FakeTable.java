package dev.larder.disk;

import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table in memory that outlives the stores it is open in, counts what it is asked for, and fails
 * when told to. Checks what a store promises: ids and keys are unique, counters are right.
 */
final class FakeTable implements Table {
  private static final Comparator<Row> COLDEST =
      Comparator.comparingLong(Row::accessedAt).thenComparing(Row::key, KeyLocks::compare);

  // guarded by this
  private final TreeMap<Long, Row> rows = new TreeMap<>();
  private final Map<Bytes, Long> ids = new HashMap<>();
  private List<Bytes> remembered = List.of();
  private Totals totals = Totals.NONE;
  private int failures;
  private boolean closed;
  private final List<String> log = new ArrayList<>();
  private @Nullable Runnable beforeCommit;
  private @Nullable Runnable beforeForce;
  private volatile @Nullable Watcher watcher;

  /** The next commits, so many, fail. */
  synchronized FakeTable failCommits(int times) {
    failures = times;
    return this;
  }

  /** Runs something at the beginning of each commit, outside every lock of the table. */
  synchronized void beforeCommit(@Nullable Runnable work) {
    beforeCommit = work;
  }

  /** Runs something at the beginning of the next force, outside every lock of the table. */
  synchronized void beforeForce(Runnable work) {
    beforeForce = work;
  }

  synchronized boolean closed() {
    return closed;
  }

  /** What was committed and forced, one word each. */
  synchronized List<String> log() {
    return List.copyOf(log);
  }

  synchronized int size() {
    return rows.size();
  }

  /** As a new store opens it. */
  synchronized FakeTable open(Watcher by) {
    closed = false;
    watcher = by;
    return this;
  }

  /** Loses all rows, as when the file is ruined. */
  void ruin() {
    synchronized (this) {
      rows.clear();
      ids.clear();
    }
    if (watcher != null) {
      watcher.replaced();
      watcher.ruined();
    }
  }

  /** Loses one row, as when it is damaged. */
  synchronized void lose(Bytes key) {
    var id = ids.remove(key);
    if (id != null) {
      rows.remove(id);
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new StoreException("the table is closed");
    }
  }

  @Override
  public synchronized @Nullable Row read(Bytes key, boolean withValue) {
    checkOpen();
    var id = ids.get(key);
    var row = id == null ? null : rows.get(id);
    return row == null || withValue ? row : Cell.head(row);
  }

  @Override
  public synchronized Map<Bytes, Row> readAll(Collection<Bytes> keys) {
    var found = new LinkedHashMap<Bytes, Row>();
    for (var key : keys) {
      var row = read(key, true);
      if (row != null) {
        found.put(key, row);
      }
    }
    return found;
  }

  private Stream<Row> byAccess() {
    checkOpen();
    return rows.values().stream().sorted(COLDEST);
  }

  @Override
  public synchronized List<Row> coldest(int limit) {
    return byAccess().limit(limit).map(Cell::head).toList();
  }

  @Override
  public synchronized List<Row> coldestAfter(@Nullable Row last, int limit) {
    return byAccess()
        .filter(row -> last == null || COLDEST.compare(row, last) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Row> expired(long now, int limit) {
    checkOpen();
    return rows.values().stream()
        .filter(row -> row.deadline() <= now)
        .sorted(Comparator.comparingLong(Row::deadline))
        .limit(limit)
        .map(Cell::head)
        .toList();
  }

  @Override
  public synchronized List<Row> below(long id, int limit) {
    checkOpen();
    return rows.headMap(id, false).descendingMap().values().stream().limit(limit).toList();
  }

  @Override
  public synchronized List<Bytes> remembered(int limit) {
    checkOpen();
    return remembered.isEmpty()
        ? rows.values().stream().sorted(COLDEST.reversed()).limit(limit).map(Row::key).toList()
        : remembered.stream().limit(limit).toList();
  }

  @Override
  public synchronized void remember(List<Bytes> keys) {
    checkOpen();
    remembered = List.copyOf(keys);
  }

  @Override
  public synchronized Totals totals() {
    return totals;
  }

  @Override
  public Totals commit(Changes changes, boolean force) {
    Runnable before;
    synchronized (this) {
      before = beforeCommit;
    }
    if (before != null) {
      before.run();
    }
    return commitNow(changes, force);
  }

  private synchronized Totals commitNow(Changes changes, boolean force) {
    checkOpen();
    if (failures > 0) {
      failures--;
      throw new StoreException("the disk is full");
    }
    if (changes.clear()) {
      rows.clear();
      ids.clear();
    }
    changes.removed().forEach(this::remove);
    changes.written().forEach(this::write);
    changes.touches().forEach(this::touch);
    log.add((force ? "forced " : "commit ") + changes.written().size());
    totals = counted(changes.after().sequence());
    return totals;
  }

  private void remove(Row row) {
    var there = rows.remove(row.id());
    if (there != null) {
      ids.remove(there.key());
    }
  }

  private void write(Row row) {
    if (row.payload() == null) {
      throw new IllegalStateException("a row without a value");
    }
    var id = ids.put(row.key(), row.id());
    if (id != null && id != row.id()) {
      throw new IllegalStateException("two rows of one key");
    }
    var there = rows.put(row.id(), row);
    if (there != null && !there.key().equals(row.key())) {
      throw new IllegalStateException("two keys of one row");
    }
  }

  private void touch(Touch touch) {
    var there = rows.get(touch.row().id());
    if (there != null && there.version() == touch.row().version()) {
      rows.put(there.id(), Cell.moved(there, touch.accessedAt(), touch.deadline()));
    }
  }

  /** Counts anew, as after a damaged row has left. */
  private Totals counted(long sequence) {
    return new Totals(
        sequence,
        rows.size(),
        rows.values().stream().mapToLong(Row::weight).sum(),
        rows.values().stream().mapToLong(Row::size).sum());
  }

  @Override
  public void force() {
    Runnable before;
    synchronized (this) {
      before = beforeForce;
      beforeForce = null;
    }
    if (before != null) {
      before.run();
    }
    forceNow();
  }

  private synchronized void forceNow() {
    checkOpen();
    log.add("force");
  }

  @Override
  public synchronized void tick() {
    checkOpen();
  }

  @Override
  public List<String> problems() {
    return List.of();
  }

  @Override
  public Map<String, String> details() {
    return Map.of();
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
