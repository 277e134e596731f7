package dev.larder.disk;

import static dev.larder.disk.Rows.bare;
import static dev.larder.disk.Rows.key;
import static dev.larder.disk.Rows.keys;
import static dev.larder.disk.Rows.removed;
import static dev.larder.disk.Rows.row;
import static dev.larder.disk.Rows.totals;
import static dev.larder.disk.Rows.written;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.larder.disk.Table.Changes;
import dev.larder.disk.Table.Touch;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a table says of rows that nothing happened to. */
class DiskTableTest {
  private static final String BIG = "b".repeat(100_000);

  @TempDir Path folder;

  private Table open(String where, String cache) {
    return open(where, cache, DiskSettings.usual());
  }

  private Table open(String where, String cache, DiskSettings settings) {
    var path = where.equals(DiskFiles.MEMORY) ? where : folder.resolve(where).toString();
    return DiskFiles.open(path, cache, settings, () -> {});
  }

  @ParameterizedTest
  @ValueSource(strings = {":memory:", "a.db", "odd name?#%41ä=&.db"})
  void readsWhatWasCommitted(String where) {
    var table = open(where, "c");
    var small = row(1, "small", "value", 5, 7, 9);
    var large = row(2, "large", BIG);
    table.commit(written(totals(5, 2), small, large), true);

    assertEquals(small, table.read(key("small"), true));
    assertEquals(large, table.read(key("large"), true));
    assertEquals(bare(large), table.read(key("large"), false));
    assertNull(table.read(key("other"), true));
    assertEquals(
        Set.of(key("small"), key("large")),
        table.readAll(List.of(key("small"), key("large"), key("other"))).keySet());
    assertEquals(totals(5, 2), table.totals());
    table.close();
  }

  @Test
  void keepsRowsAndCountersWhenOpenedAgain() {
    var table = open("a.db", "c");
    table.commit(written(totals(3, 2), row(1, "a", "1"), row(2, "b", BIG)), true);
    table.close();

    var again = open("a.db", "c");
    assertEquals(row(1, "a", "1"), again.read(key("a"), true));
    assertEquals(row(2, "b", BIG), again.read(key("b"), true));
    assertEquals(totals(3, 2), again.totals());
    assertEquals(List.of(), again.problems());
    again.close();
  }

  @Test
  void overwritesByNumber() {
    var table = open("a.db", "c");
    table.commit(written(totals(1, 1), row(1, "a", BIG)), false);
    table.commit(written(totals(2, 1), row(1, "a", "small", 2, 2, 50)), false);
    assertEquals(row(1, "a", "small", 2, 2, 50), table.read(key("a"), true));
    table.commit(written(totals(3, 1), row(1, "a", BIG + "!", 3, 2, 50)), false);
    assertEquals(row(1, "a", BIG + "!", 3, 2, 50), table.read(key("a"), true));
    assertEquals(1, table.below(Long.MAX_VALUE, 10).size());
    table.close();
  }

  @Test
  void removesAndClears() {
    var table = open("a.db", "c");
    var a = row(1, "a", "1");
    var b = row(2, "b", BIG);
    table.commit(written(totals(2, 2), a, b), false);
    table.commit(removed(totals(2, 1), bare(b)), false);
    assertNull(table.read(key("b"), true));
    assertNotNull(table.read(key("a"), true));

    var c = row(3, "c", "3");
    table.commit(new Changes(true, List.of(c), List.of(), List.of(), totals(3, 1)), false);
    assertNull(table.read(key("a"), true));
    assertEquals(c, table.read(key("c"), true));
    assertEquals(List.of(c), table.below(100, 10));
    table.tick();
    table.tick();
    assertEquals(List.of(c), table.below(100, 10));
    table.close();
  }

  @Test
  void touchesOnlyTheVersionThatWasRead() {
    var table = open("a.db", "c");
    var a = row(1, "a", "1", 5, 7, 9);
    table.commit(written(totals(5, 1), a), false);
    touch(table, new Touch(bare(a), 8, 20));
    assertEquals(row(1, "a", "1", 5, 8, 20), table.read(key("a"), true));
    touch(table, new Touch(bare(row(1, "a", "1", 4, 7, 9)), 30, 30));
    assertEquals(row(1, "a", "1", 5, 8, 20), table.read(key("a"), true));
    table.close();
  }

  private static void touch(Table table, Touch touch) {
    table.commit(new Changes(false, List.of(), List.of(), List.of(touch), table.totals()), false);
  }

  @Test
  void ordersByAccessThenKey() {
    var table = open("a.db", "c");
    table.commit(
        written(
            totals(5, 5),
            row(1, "e", "", 1, 50, 9),
            row(2, "d", "", 1, 10, 9),
            row(3, "c", "", 1, 10, 9),
            row(4, "b", "", 1, 10, 9),
            row(5, "a", "", 1, 60, 9)),
        false);
    assertEquals(List.of("b", "c", "d", "e"), keys(table.coldest(4)));
    var first = table.coldestAfter(null, 2);
    assertEquals(List.of("b", "c"), keys(first));
    assertEquals(List.of("d", "e", "a"), keys(table.coldestAfter(first.get(1), 5)));
    assertEquals(List.of("d", "e"), keys(table.below(3, 5)));
    table.close();
  }

  @Test
  void findsWhatExpiredEarliestFirst() {
    var table = open("a.db", "c");
    table.commit(
        written(
            totals(5, 5),
            row(1, "never", "", 1, 1, Long.MAX_VALUE),
            row(2, "zero", "", 1, 1, 0),
            row(3, "late", "", 1, 1, 100),
            row(4, "early", "", 1, 1, 50),
            row(5, "before", "", 1, 1, -7)),
        false);
    assertEquals(List.of("before", "zero", "early"), keys(table.expired(99, 10)));
    assertEquals(List.of("before", "zero"), keys(table.expired(0, 10)));
    assertEquals(List.of("before"), keys(table.expired(-1, 10)));
    assertEquals(4, table.expired(Long.MAX_VALUE, 10).size());
    assertEquals(0, table.read(key("zero"), false).deadline());
    table.close();
  }

  @Test
  void remembersKeysUntilTheyAreAskedFor() {
    var table = open("a.db", "c");
    table.commit(
        written(totals(2, 2), row(1, "a", "1", 1, 20, 9), row(2, "b", "2", 1, 10, 9)), false);
    table.remember(List.of(key("b"), key("a")));
    table.close();

    var again = open("a.db", "c");
    assertEquals(List.of(key("b"), key("a")), again.remembered(10));
    assertEquals(List.of(key("a"), key("b")), again.remembered(10));
    assertEquals(List.of(key("a")), again.remembered(1));
    again.close();
  }

  @Test
  void compressesWhatGetsSmaller() {
    var table = open("a.db", "c", new DiskSettings(true, 2, 1_000, Disk.real()));
    var noise = new StringBuilder();
    var random = new java.util.Random(7);
    random.ints(3_000, 33, 127).forEach(c -> noise.append((char) c));
    var rows = new Row[] {row(1, "a", BIG), row(2, "b", noise.toString()), row(3, "c", "small")};
    table.commit(written(totals(3, 3), rows), true);
    for (var row : rows) {
      assertEquals(row, table.read(row.key(), true));
    }
    table.close();
  }

  @Test
  void keepsCachesOfOneFileApart() {
    var one = open("a.db", "one");
    var two = open("a.db", "two");
    one.commit(written(totals(1, 1), row(1, "k", "1")), true);
    two.commit(written(totals(1, 1), row(1, "k", "2")), true);
    assertEquals(row(1, "k", "1"), one.read(key("k"), true));
    assertEquals(row(1, "k", "2"), two.read(key("k"), true));
    assertEquals(List.of("k"), keys(two.coldest(10)));
    one.close();
    two.close();
    var path = folder.resolve("a.db").toString();
    assertEquals(Set.of("one", "two"), DiskFiles.names(path, DiskSettings.usual()));
    DiskFiles.destroy(path, "one", DiskSettings.usual());
    assertEquals(Set.of("two"), DiskFiles.names(path, DiskSettings.usual()));
  }

  @Test
  void databasesInMemoryAreApart() {
    var one = open(":memory:", "c");
    var two = open(":memory:", "c");
    one.commit(written(totals(1, 1), row(1, "k", "1")), true);
    assertNull(two.read(key("k"), true));
    one.close();
    two.close();
  }
}
