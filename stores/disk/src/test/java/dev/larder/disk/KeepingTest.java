package dev.larder.disk;

import static dev.larder.disk.Rows.key;
import static dev.larder.disk.Rows.row;
import static dev.larder.disk.Rows.totals;
import static dev.larder.disk.Rows.written;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.larder.disk.Table.Changes;
import dev.larder.spi.Bytes;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file keeps of what is gone or damaged, and what that costs. */
class KeepingTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  private final AtomicInteger ruined = new AtomicInteger();

  private Table open() {
    return DiskFiles.open(path(), "c", DiskSettings.usual(), ruined::incrementAndGet);
  }

  private String path() {
    return folder.resolve("a.db").toString();
  }

  private long number(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + path());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private void run(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + path());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Changes cleared(Row... rows) {
    return new Changes(true, List.of(rows), List.of(), List.of(), totals(rows.length, rows.length));
  }

  private static long allocated(Runnable work) {
    var before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void clearingWhatIsEmptyTakesNoNumber() throws SQLException {
    var table = open();
    for (int times = 0; times < 5; times++) {
      table.commit(cleared(), false);
    }
    assertEquals(1, number("SELECT count(*) FROM ns"));
    table.close();
  }

  @Test
  void manyClearedCachesAreGoneAfterOneTick() throws SQLException {
    var table = open();
    for (int times = 0; times < 100; times++) {
      table.commit(cleared(row(1, "a", "x".repeat(times % 2 == 0 ? 10 : 5_000))), false);
    }
    table.tick();
    assertEquals(1, number("SELECT count(*) FROM ns"));
    assertEquals(1, number("SELECT count(*) FROM e"));
    assertEquals(1, number("SELECT count(*) FROM val"));
    table.close();
  }

  @Test
  void askingForNamesMakesNothing() {
    var elsewhere = folder.resolve("none/at/all/a.db");
    assertEquals(Set.of(), DiskFiles.names(elsewhere.toString(), DiskSettings.usual()));
    DiskFiles.destroy(elsewhere.toString(), "c", DiskSettings.usual());
    assertFalse(Files.exists(folder.resolve("none")));
  }

  @Test
  void moreDamagedRowsThanAreNotedCanBeWrittenAnew() throws SQLException {
    var count = 10_050;
    var last = 2L * count;
    var rows = new Row[count];
    var anew = new Row[count];
    var keys = new ArrayList<Bytes>();
    for (int number = 0; number < count; number++) {
      rows[number] = row(1 + number, "k" + number, "v");
      anew[number] = row(count + 1 + number, "k" + number, "w");
      keys.add(key("k" + number));
    }
    var table = open();
    table.commit(written(totals(count, count), rows), false);
    table.close();
    run("UPDATE e SET crc = crc + 4294967296");

    var again = open();
    assertEquals(0, again.readAll(keys).size());
    again.commit(written(totals(last, last), anew), false);
    assertEquals(0, ruined.get());
    assertEquals(totals(last, count), again.totals());
    assertEquals(count, again.readAll(keys).size());
    again.close();
  }

  @Test
  void aDamagedLargeValueGoesWithItsRow() throws SQLException {
    var table = open();
    table.commit(written(totals(1, 1), row(1, "a", "x".repeat(5_000))), false);
    table.close();
    run("UPDATE e SET crc = crc + 4294967296");
    var again = open();
    assertNull(again.read(key("a"), true));
    again.commit(written(totals(2, 1), row(2, "b", "1")), false);
    assertEquals(0, number("SELECT count(*) FROM val"));
    assertEquals(totals(2, 1), again.totals());
    again.close();
  }

  @Test
  void countersThatCannotBeAreCountedAnew() {
    var table = open();
    table.commit(written(totals(2, -7), row(1, "a", "1"), row(2, "b", "2")), false);
    table.close();
    var again = open();
    assertEquals(totals(2, 2), again.totals());
    again.close();
  }

  @Test
  void aLengthThatNoValueHasIsNotBelieved() {
    var forged =
        ByteBuffer.allocate(600_000).put((byte) 'Z').putInt(Table.LARGEST_VALUE + 1).array();
    var cost = allocated(() -> assertNull(RowFormat.value(forged, RowFormat.checksum(forged), 1)));
    assertTrue(cost < 1 << 20, "it cost " + cost + " bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {":memory:", "a.db"})
  void anIdleFileIsLeftAlone(String name) {
    var where = name.equals(DiskFiles.MEMORY) ? name : path();
    var table = DiskFiles.open(where, "c", DiskSettings.usual(), ruined::incrementAndGet);
    table.commit(written(totals(1, 1), row(1, "a", "1")), false);
    table.tick();
    table.tick();
    table.tick();
    var cost =
        allocated(
            () -> {
              for (int times = 0; times < 1_000; times++) {
                table.tick();
              }
            });
    assertTrue(cost < 10_000, "it cost " + cost + " bytes");
    table.close();
  }
}
