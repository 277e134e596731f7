package dev.larder.disk;

import static dev.larder.disk.Rows.key;
import static dev.larder.disk.Rows.row;
import static dev.larder.disk.Rows.totals;
import static dev.larder.disk.Rows.written;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

/** What happens when the disk refuses. */
class FaultsTest {
  @TempDir Path folder;

  private final AtomicInteger ruined = new AtomicInteger();

  private Table open(Disk disk) {
    return DiskFiles.open(
        folder.resolve("a.db").toString(),
        "c",
        new DiskSettings(true, 4, DiskSettings.NEVER, disk),
        ruined::incrementAndGet);
  }

  /** As many pages as it is told. */
  private static final class SmallDisk implements Disk {
    private final List<Connection> connections = new ArrayList<>();
    private int pages = 1_000_000;

    @Override
    public Connection connect(DataSource source) throws SQLException {
      var connection = source.getConnection();
      connections.add(connection);
      limit(connection);
      return connection;
    }

    void pages(int limit) throws SQLException {
      pages = limit;
      for (var connection : connections) {
        limit(connection);
      }
    }

    private void limit(Connection connection) throws SQLException {
      if (!connection.isClosed()) {
        try (var statement = connection.createStatement()) {
          statement.execute("PRAGMA max_page_count = " + pages);
        }
      }
    }
  }

  @Test
  void aFullDiskIsSaidAndTheSameCommitGoesOnceThereIsRoom() throws SQLException {
    var disk = new SmallDisk();
    var table = open(disk);
    table.commit(written(totals(1, 1), row(1, "old", "here")), true);
    disk.pages(40);
    var large = written(totals(3, 3), row(2, "large", "x".repeat(300_000)), row(3, "small", "s"));
    for (int attempt = 0; attempt < 3; attempt++) {
      var e = assertThrows(StoreException.class, () -> table.commit(large, true));
      assertTrue(e.getMessage().contains("the disk is full"), e.getMessage());
      assertTrue(e.getMessage().contains("maximum-bytes"), e.getMessage());
      assertEquals(totals(1, 1), table.totals());
      assertNull(table.read(key("small"), true));
      assertNotNull(table.read(key("old"), true));
    }
    table.commit(written(totals(4, 2), row(4, "tiny", "t")), true);
    disk.pages(1_000_000);
    table.commit(large, true);
    assertNotNull(table.read(key("large"), true));
    table.close();
    assertEquals(0, ruined.get());
  }

  /** Fails what it is told to fail. */
  private static final class FailingDisk implements Disk {
    final AtomicBoolean commits = new AtomicBoolean();
    final AtomicBoolean forces = new AtomicBoolean();

    @Override
    public Connection connect(DataSource source) throws SQLException {
      var real = source.getConnection();
      return proxy(
          Connection.class,
          real,
          (name, result, arguments) ->
              name.equals("prepareStatement") && Sql.COMMIT.equals(arguments[0])
                  ? proxy(PreparedStatement.class, result, (n, r, a) -> failing(n, r))
                  : result);
    }

    private Object failing(String name, Object result) throws SQLException {
      if (name.equals("execute") && commits.get()) {
        throw new SQLException("broken", null, SQLiteErrorCode.SQLITE_IOERR.code);
      }
      return result;
    }

    @Override
    public void force(Path log) throws IOException {
      if (forces.get()) {
        throw new IOException("broken");
      }
      Disk.super.force(log);
    }

    /** What comes of a call instead. */
    private interface Instead {
      Object result(String name, Object result, Object[] arguments) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, Object target, Instead instead) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) -> {
                try {
                  return instead.result(
                      method.getName(), method.invoke(target, arguments), arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              }));
    }
  }

  @Test
  void aFailureWhileCommittingIsSaidAndTheNextCommitGoes() {
    var disk = new FailingDisk();
    var table = open(disk);
    table.commit(written(totals(1, 1), row(1, "a", "1")), true);
    disk.commits.set(true);
    var changes = written(totals(2, 2), row(2, "b", "2"));
    var e = assertThrows(StoreException.class, () -> table.commit(changes, true));
    assertTrue(e.getMessage().contains("the disk under"), e.getMessage());
    disk.commits.set(false);
    table.commit(changes, true);
    assertEquals(row(2, "b", "2"), table.read(key("b"), true));
    assertEquals(totals(2, 2), table.totals());
    table.close();
  }

  @Test
  void aFailureToForceIsSaidAndForcedLater() {
    var disk = new FailingDisk();
    var table = open(disk);
    disk.forces.set(true);
    var changes = written(totals(1, 1), row(1, "a", "1"));
    assertThrows(StoreException.class, () -> table.commit(changes, true));
    assertThrows(StoreException.class, table::force);
    disk.forces.set(false);
    table.commit(changes, true);
    assertEquals(row(1, "a", "1"), table.read(key("a"), true));
    table.close();
  }

  private Table filled() {
    var table = open(Disk.real());
    var rows = new Row[1_000];
    for (int number = 0; number < rows.length; number++) {
      rows[number] = row(number, "k" + number, "v".repeat(900));
    }
    table.commit(written(totals(1_000, 1_000), rows), true);
    table.close();
    return open(Disk.real());
  }

  private void damage() throws IOException {
    try (var file = new RandomAccessFile(folder.resolve("a.db").toFile(), "rw")) {
      file.seek(8192);
      file.write(new byte[(int) file.length() - 8192]);
    }
  }

  @Test
  void aRuinedFileThatCannotBeReplacedIsReplacedOnceItCan() throws IOException {
    var table = filled();
    damage();
    var obstacle = Files.createDirectories(folder.resolve("a.db.new/x"));
    for (int attempt = 0; attempt < 2; attempt++) {
      var e = assertThrows(StoreException.class, () -> table.read(key("k1"), true));
      assertTrue(e.getMessage().contains("cannot be replaced"), e.getMessage());
      assertThrows(StoreException.class, table::tick);
      assertThrows(
          StoreException.class, () -> table.commit(written(totals(1, 1), row(1, "a", "1")), true));
    }
    assertTrue(table.problems().toString().contains("cannot be replaced yet"));
    assertEquals(0, ruined.get());
    assertTrue(Files.exists(folder.resolve("a.db")));

    Files.delete(obstacle);
    Files.delete(obstacle.getParent());
    table.tick();
    assertEquals(1, ruined.get());
    assertNull(table.read(key("k1"), true));
    table.commit(written(totals(1, 1), row(1, "a", "1")), true);
    assertEquals(row(1, "a", "1"), table.read(key("a"), true));
    assertFalse(table.problems().toString().contains("cannot"), table.problems()::toString);
    assertTrue(Files.exists(folder.resolve("a.db.ruined-1")));
    assertFalse(Files.exists(folder.resolve("a.db.ruined-2")));
    table.close();
  }

  @Test
  void changesThatWereTakenBeforeTheFileWasReplacedAreRefused() throws IOException {
    var table = filled();
    var changes = written(totals(1_001, 1_001), row(1_001, "new", "1")).of(table.generation());
    damage();
    table.read(key("k1"), true);
    assertEquals(1, ruined.get());
    assertThrows(StoreException.class, () -> table.commit(changes, true));
    assertEquals(totals(0, 0), table.totals());
    table.commit(written(totals(1, 1), row(1, "a", "1")).of(table.generation()), true);
    assertEquals(totals(1, 1), table.totals());
    table.close();
  }

  /** Does something when a connection is made. */
  private static final class WatchedDisk implements Disk {
    private volatile Runnable connecting = () -> {};

    @Override
    public Connection connect(DataSource source) throws SQLException {
      connecting.run();
      return source.getConnection();
    }
  }

  @Test
  void aCommitThatWaitsWhileTheFileIsReplacedLeavesRightCounters()
      throws IOException, InterruptedException {
    filled().close();
    var path = folder.resolve("a.db").toString();
    var disk = new WatchedDisk();
    var settings = new DiskSettings(true, 4, DiskSettings.NEVER, disk);
    var committer = new Thread[1];
    try (var store = Opened.over(path, "c", settings)) {
      for (int number = 0; number < 10; number++) {
        store.put("new" + number, "v");
      }
      damage();
      disk.connecting =
          () -> {
            if (Files.exists(Path.of(path + ".new")) && committer[0] == null) {
              committer[0] = new Thread(() -> store.advance(100));
              committer[0].start();
              while (!store.store.info().details().get("pending.rows").equals("0")) {
                Thread.onSpinWait();
              }
            }
          };
      for (int number = 0; number < 1_000 && committer[0] == null; number++) {
        store.get("k" + number);
      }
      committer[0].join();
      assertEquals(10, store.size());
    }
    try (var again = Opened.over(path, "c", settings)) {
      assertEquals(10, again.contents().size());
      assertEquals(10, again.size());
    }
  }

  @Test
  void oneCacheThatWantsForceIsEnough() {
    var forces = new AtomicInteger();
    var disk =
        new Disk() {
          @Override
          public void force(Path log) throws IOException {
            forces.incrementAndGet();
            Disk.super.force(log);
          }
        };
    var path = folder.resolve("a.db").toString();
    var settings = new DiskSettings(false, 4, DiskSettings.NEVER, disk);
    var first = DiskFiles.open(path, "first", settings, () -> {});
    first.commit(written(totals(1, 1), row(1, "a", "1")), true);
    assertEquals(0, forces.get());
    var second = DiskFiles.open(path, "second", settings.forcing(), () -> {});
    var before = forces.get();
    assertTrue(before > 0, "what is there is not forced");
    second.commit(written(totals(1, 1), row(1, "a", "1")), true);
    assertEquals(before + 1, forces.get());
    first.commit(written(totals(2, 1), row(1, "a", "2", 2, 2, 9)), true);
    assertEquals(before + 2, forces.get());
    second.close();
    first.close();
  }

  @Test
  void theLogStaysBoundedWhileThereAreReadersAllTheTime()
      throws InterruptedException, ExecutionException {
    var settings = new DiskSettings(false, 4, DiskSettings.NEVER, 1 << 14, Disk.real());
    var path = folder.resolve("a.db").toString();
    var table = DiskFiles.open(path, "c", settings, () -> {});
    var threads = Executors.newFixedThreadPool(3);
    var stop = new AtomicBoolean();
    var done = new ArrayList<Future<?>>();
    for (int thread = 0; thread < 3; thread++) {
      done.add(
          threads.submit(
              () -> {
                while (!stop.get()) {
                  table.read(key("k"), true);
                }
              }));
    }
    var largest = 0L;
    for (int commit = 1; commit <= 500; commit++) {
      var row = row(1, "k", "v".repeat(20_000), commit, commit, Long.MAX_VALUE);
      table.commit(written(totals(commit, 1), row), false);
      if (commit % 10 == 0) {
        table.tick();
      }
      largest = Math.max(largest, Long.parseLong(table.details().get("log-bytes")));
    }
    stop.set(true);
    for (var each : done) {
      each.get();
    }
    threads.shutdown();
    assertTrue(largest < 1 << 20, "the log had " + largest + " bytes");
    table.close();
  }

  @Test
  void aFileRuinedWhileItIsReadIsReplacedUnderItsReaders()
      throws IOException, InterruptedException, ExecutionException {
    var table = open(Disk.real());
    for (int number = 0; number < 3_000; number++) {
      table.commit(
          written(totals(number + 1, number + 1), row(number, "k" + number, "v".repeat(900))),
          false);
    }
    table.close();
    var again = open(Disk.real());
    try (var file = new RandomAccessFile(folder.resolve("a.db").toFile(), "rw")) {
      file.seek(8192);
      file.write(new byte[(int) file.length() - 8192]);
    }
    var threads = Executors.newFixedThreadPool(4);
    var done = new ArrayList<Future<?>>();
    for (int thread = 0; thread < 4; thread++) {
      done.add(
          threads.submit(
              () -> {
                for (int number = 0; number < 3_000; number++) {
                  again.read(key("k" + number), true);
                  if (number % 100 == 0) {
                    again.tick();
                  }
                }
              }));
    }
    for (var each : done) {
      each.get();
    }
    threads.shutdown();
    assertEquals(1, ruined.get());
    assertTrue(again.problems().toString().contains("a.db.ruined-1"), again.problems()::toString);
    assertEquals(totals(0, 0), again.totals());
    again.commit(written(totals(1, 1), row(1, "a", "1")), true);
    assertEquals(row(1, "a", "1"), again.read(key("a"), true));
    again.close();
  }
}
