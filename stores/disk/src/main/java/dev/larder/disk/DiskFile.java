package dev.larder.disk;

import dev.larder.StoreException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * One SQLite database, shared by the caches of this process that have its path: one connection that
 * writes, a few that read beside it, and one that moves the log of commits into the file. {@link
 * DiskFiles} opens it with its first table and closes it with its last.
 *
 * <p>Locks, in this order: that of {@link DiskFiles}, {@link #keeping}, {@link #writing}, the one
 * of {@link Readers}; {@link #forcing} is taken with none of them held but the first. A lent
 * session is held without waiting for any lock, so that the one who replaces the file may wait for
 * all of them. {@link Table.Watcher#replaced} is told under writing, and may take the gate of its
 * {@link Overlay}, under which nobody calls a table.
 *
 * <p>Longer than the house likes because everything that takes these locks is here, so that their
 * order can be checked by reading one file.
 */
final class DiskFile {
  private static final System.Logger LOG = System.getLogger(DiskFile.class.getName());

  private final @Nullable Place place;
  private final @Nullable Lock lock;

  /** Written under writing: one cache that wants force is enough. */
  private volatile DiskSettings settings;

  private final Opener opener;
  private final Readers readers;
  private final List<DiskTable> tables = new CopyOnWriteArrayList<>();
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock keeping = new ReentrantLock();
  private final ReentrantLock forcing = new ReentrantLock();

  /** Guarded by writing; null when it broke, or the file is closed. */
  private @Nullable Session writer;

  private volatile boolean closed;

  /** The {@link #view} that is forced; guarded by forcing. */
  private long forced;

  /** Guarded by keeping. */
  private final Keeper keeper;

  /** The {@link #view} after which there was nothing to do in the background. */
  private volatile long kept = Session.NONE;

  /**
   * The last commit that counts, as the database says it, and which that is. Written under writing.
   */
  private volatile Lock.Mark last = new Lock.Mark(0, 0);

  /** Moves whenever readers should look anew. Written under writing. */
  private final AtomicLong view = new AtomicLong();

  /** How often the file was replaced. Written under writing. */
  private final AtomicInteger replaced = new AtomicInteger();

  /** Written under writing. */
  private volatile @Nullable String ruined;

  /** Why it is of no use and not replaced yet, because that failed. Written under writing. */
  private volatile @Nullable String unreplaced;

  /** Of a place and the lock on it; neither for one in memory. */
  DiskFile(@Nullable Place place, @Nullable Lock lock, DiskSettings settings) {
    this.place = place;
    this.lock = lock;
    this.settings = settings;
    this.opener = new Opener(place, settings);
    this.readers = new Readers(settings.readers());
    this.keeper = new Keeper(this, opener, settings.movedFrom());
  }

  /** The names of the caches in it. */
  Set<String> names() {
    return read(DiskFile::namesIn);
  }

  private static Set<String> namesIn(Session session) throws SQLException {
    var names = new TreeSet<String>();
    try (var rows = session.on(Sql.NAMES).executeQuery()) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /**
   * Deletes a cache; its rows go by and by while the file is open.
   *
   * @throws StoreException when the cache is open
   */
  void drop(String namespace) {
    refuseOpen(namespace);
    again(() -> dropped(namespace));
  }

  private boolean dropped(String namespace) {
    return write(
        true,
        session -> {
          Namespaces.drop(session, namespace, next());
          return true;
        });
  }

  /**
   * Begins to use a database, or makes one in memory.
   *
   * @param opened the database; null for one in memory
   */
  DiskFile started(Opening.@Nullable Opened opened) throws SQLException {
    writing.lock();
    try {
      if (opened == null) {
        writer = opener.writer();
        Opening.build(writer, 0);
      } else {
        begin(opened);
      }
      return this;
    } finally {
      writing.unlock();
    }
  }

  private void begin(Opening.Opened opened) {
    writer = opened.writer();
    last = new Lock.Mark(opened.commits(), opened.ident());
    view.incrementAndGet();
    if (opened.ruined() != null) {
      LOG.log(Level.ERROR, "{0} was ruined and starts empty: {1}", place, opened.ruined());
      replaced.incrementAndGet();
      ruined = opened.ruined();
    }
  }

  /** The table of a cache, made when it is new. */
  Table table(String namespace, DiskSettings wanted, Table.Watcher watcher) {
    refuseOpen(namespace);
    var table = new DiskTable(this, namespace, wanted.compressAbove(), watcher);
    again(() -> write(true, table::find, table::attach));
    if (wanted.forced() && !settings.forced()) {
      again(() -> forceFromNow());
    }
    tables.add(table);
    return table;
  }

  /** Another cache wants force than those that have the file open. */
  private boolean forceFromNow() {
    var before = replaced.get();
    keeping.lock();
    writing.lock();
    try {
      settings = settings.forcing();
      opener.force();
      if (writer != null) {
        Opener.force(writer);
      }
      if (place != null) {
        keeper.force();
      }
    } catch (SQLException e) {
      throw broken(before, e);
    } finally {
      writing.unlock();
      keeping.unlock();
    }
    force();
    return true;
  }

  /** Replaces the file when that is what it means; gives what to throw. */
  private StoreException broken(int before, SQLException e) {
    if (Faults.ruins(e)) {
      replace(before, e);
    }
    return Faults.told(e, toString());
  }

  /** Once more when the file was replaced meanwhile: what needs no entries can go on. */
  private <R extends @Nullable Object> R again(Supplier<R> work) {
    var before = replaced.get();
    try {
      return work.get();
    } catch (StoreException e) {
      if (replaced.get() == before) {
        throw e;
      }
      return work.get();
    }
  }

  private void refuseOpen(String namespace) {
    if (tables.stream().anyMatch(table -> table.name().equals(namespace))) {
      throw new StoreException(
          "the cache '" + namespace + "' of " + this + " is already open in this process");
    }
  }

  /** Reads with a session that sees the last commit. */
  <R extends @Nullable Object> R read(Work<R> work) {
    if (place == null) {
      return write(false, work);
    }
    var before = replaced.get();
    try {
      return lent(work);
    } catch (SQLException e) {
      if (!Faults.ruins(e)) {
        throw Faults.told(e, toString());
      }
      replace(before, e);
    }
    try {
      return lent(work);
    } catch (SQLException e) {
      throw Faults.told(e, toString());
    }
  }

  private <R extends @Nullable Object> R lent(Work<R> work) throws SQLException {
    var session = readers.borrow();
    var whole = false;
    try {
      check();
      if (session == null) {
        session = opener.reader();
      }
      session.see(view.get());
      var result = work.on(session);
      if (!session.sees(view.get())) {
        session.forget();
      }
      whole = true;
      return result;
    } finally {
      if (!whole && session != null) {
        session.close();
      }
      readers.giveBack(whole ? session : null);
    }
  }

  /**
   * Writes in one transaction.
   *
   * @param counted whether the work writes the number of the commit, {@link #next}
   */
  <R extends @Nullable Object> R write(boolean counted, Work<R> work) {
    return write(counted, work, result -> {});
  }

  /**
   * As {@link #write(boolean, Work)}.
   *
   * @param then what is done with the result when it is committed, before the next commit
   */
  <R extends @Nullable Object> R write(boolean counted, Work<R> work, Consumer<R> then) {
    var before = replaced.get();
    try {
      writing.lock();
      try {
        var result = written(counted, work);
        then.accept(result);
        return result;
      } finally {
        writing.unlock();
      }
    } catch (SQLException e) {
      throw broken(before, e);
    }
  }

  private <R extends @Nullable Object> R written(boolean counted, Work<R> work)
      throws SQLException {
    check();
    if (writer == null) {
      writer = opener.writer();
    }
    try {
      writer.run(Sql.BEGIN_WRITING);
      var result = work.on(writer);
      writer.run(Sql.COMMIT);
      if (counted) {
        last = new Lock.Mark(next(), last.ident());
      }
      // In memory, what only reads comes this way too.
      if (counted || place != null) {
        view.incrementAndGet();
      }
      return result;
    } catch (SQLException | RuntimeException e) {
      undo(writer, e);
      throw e;
    }
  }

  /** Whoever comes upon a file that could not be replaced tries again. */
  private void check() throws SQLException {
    if (closed) {
      throw new StoreException(this + " is closed");
    }
    var why = unreplaced;
    if (why != null) {
      throw Namespaces.damaged(why);
    }
  }

  private void undo(Session session, Exception why) {
    try {
      session.run(Sql.ROLLBACK);
    } catch (SQLException e) {
      why.addSuppressed(e);
      // SQLite may have rolled back by itself. In memory, the session is the database.
      if (place != null) {
        session.close();
        writer = null;
      }
    }
  }

  /** The number of the commit that is being written. */
  long next() {
    return last.commits() + 1;
  }

  /** Returns when all commits so far would survive a loss of power. */
  void force() {
    if (place == null || lock == null || !settings.forced()) {
      return;
    }
    var wanted = view.get();
    forcing.lock();
    try {
      if (forced < wanted) {
        // In this order: what was the last commit is among what has been seen.
        var reached = view.get();
        var mark = last;
        settings.disk().force(place.log());
        forced = reached;
        lock.mark(mark);
      }
    } catch (IOException e) {
      if (closed) {
        // The last to close has moved the log into the file, safely, and it is gone.
        return;
      }
      throw new StoreException("the disk under " + this + " failed: " + e.getMessage(), e);
    } finally {
      forcing.unlock();
    }
  }

  /**
   * Remembers that from now on these pages of the log must be readable, because some of them are
   * going to be in the file already; none when all of them are.
   */
  void moving(long pages) throws SQLException {
    if (place != null && lock != null) {
      try {
        if (pages > 0 && settings.forced()) {
          // Or a loss of power could leave fewer than are remembered.
          settings.disk().force(place.log());
        }
        lock.moving(
            pages == 0
                ? Lock.Moving.NOTHING
                : new Lock.Moving(LogHeader.salts(place.log()), (int) pages));
      } catch (IOException e) {
        throw new SQLException(e.getMessage(), null, SQLiteErrorCode.SQLITE_IOERR.code, e);
      }
    }
  }

  /** Puts a new file in the place of this one, unless that was done since. */
  private void replace(int before, SQLException why) {
    if (place == null || lock == null) {
      return;
    }
    keeping.lock();
    writing.lock();
    try {
      if (replaced.get() != before || closed) {
        return;
      }
      replaced(place, lock, why);
    } catch (IOException | SQLException e) {
      if (unreplaced == null) {
        LOG.log(Level.ERROR, this + " is ruined, and cannot be replaced", e);
        unreplaced = String.valueOf(why.getMessage());
        kept = Session.NONE;
      }
      var failure = new StoreException(this + " is ruined, and cannot be replaced: " + e, e);
      failure.addSuppressed(why);
      throw failure;
    } finally {
      writing.unlock();
      keeping.unlock();
    }
    tables.forEach(table -> table.watcher().ruined());
  }

  private void replaced(Place place, Lock lock, SQLException why) throws IOException, SQLException {
    keeper.close();
    if (writer != null) {
      writer.close();
      writer = null;
    }
    readers.close();
    try {
      begin(new Opening(place, settings, lock).replace(String.valueOf(why.getMessage())));
      unreplaced = null;
      tables.forEach(DiskTable::detach);
      // Before anybody can commit what he took to be changes of the old file.
      tables.forEach(table -> table.watcher().replaced());
      attach();
    } finally {
      readers.open();
    }
  }

  private void attach() {
    try {
      for (var table : tables) {
        table.attach(written(true, table::find));
      }
    } catch (SQLException e) {
      LOG.log(Level.WARNING, this + " cannot be written yet; the next commit tries again", e);
    }
  }

  /** Work in the background; see {@link Table#tick}. */
  void tick() {
    // Every cache of the file asks for it.
    if (kept != view.get() && keeping.tryLock()) {
      var before = replaced.get();
      try {
        if (!closed) {
          check();
          var seen = view.get();
          if (!keeper.tick()) {
            kept = seen;
          }
        }
      } catch (SQLException e) {
        if (!Faults.ruins(e)) {
          throw Faults.told(e, toString());
        }
        keeping.unlock();
        try {
          replace(before, e);
        } finally {
          keeping.lock();
        }
      } finally {
        keeping.unlock();
      }
    }
  }

  /** Lets sessions that are idle see the file as it is now, and the others when they come back. */
  void refresh() throws SQLException {
    writing.lock();
    try {
      view.incrementAndGet();
    } finally {
      writing.unlock();
    }
    readers.forget();
  }

  /** Does the work while nobody reads or writes. */
  void alone(Keeper.Alone work) throws SQLException {
    writing.lock();
    try {
      readers.close();
      try {
        work.run();
      } finally {
        readers.open();
      }
    } finally {
      writing.unlock();
    }
  }

  /** Why the file was replaced, the last time that it was; null when it was not. */
  @Nullable String ruined() {
    return ruined;
  }

  /** Why it is of no use, while it cannot be replaced; null when that is not so. */
  @Nullable String unreplaced() {
    return unreplaced;
  }

  /** How often it was replaced. */
  int generation() {
    return replaced.get();
  }

  /** Its state by name. */
  Map<String, String> details() {
    return Map.of(
        "file", toString(),
        "file-bytes", String.valueOf(place == null ? 0 : size(place.database())),
        "log-bytes", String.valueOf(place == null ? 0 : size(place.log())),
        "ruined", replaced.toString());
  }

  /** Without opening it. */
  private static long size(Path path) {
    return path.toFile().length();
  }

  /** Where it is, null for one in memory. */
  @Nullable Place place() {
    return place;
  }

  /** Gives a table back. */
  void release(DiskTable table) {
    DiskFiles.release(this, () -> tables.remove(table));
  }

  boolean used() {
    return !tables.isEmpty();
  }

  /** Moves the log into the file, closes both and lets others have them. Idempotent. */
  void close() {
    keeping.lock();
    writing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      readers.close();
      keeper.last();
      if (writer != null) {
        writer.close();
        writer = null;
      }
      readers.open();
      if (place != null && lock != null) {
        try {
          lock.mark(last);
        } finally {
          lock.release();
        }
      }
    } catch (IOException e) {
      throw new StoreException(this + " cannot be closed: " + e, e);
    } finally {
      writing.unlock();
      keeping.unlock();
    }
  }

  boolean inMemory() {
    return place == null;
  }

  @Override
  public String toString() {
    return place == null ? DiskFiles.MEMORY : place.toString();
  }
}
