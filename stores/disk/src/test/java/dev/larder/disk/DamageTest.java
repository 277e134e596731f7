package dev.larder.disk;

import static dev.larder.disk.Rows.bare;
import static dev.larder.disk.Rows.key;
import static dev.larder.disk.Rows.row;
import static dev.larder.disk.Rows.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.larder.disk.Table.Changes;
import dev.larder.disk.Table.Totals;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copies the files as a crash after a forced commit would leave them, damages the copy at a random
 * place, and opens it: that succeeds, and no key has another value than the last one, or none.
 */
class DamageTest {
  private static final long SEED = Long.getLong("test.seed", 4);
  private static final int ROUNDS = Integer.getInteger("test.damage.rounds", 300);
  private static final int KEYS = 150;

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final Map<String, Row> last = new HashMap<>();
  private long sequence;
  private int ruined;
  private int lost;

  @Test
  void neverShowsAnotherValueThanTheLast() throws IOException, SQLException {
    var table = open(folder);
    for (int round = 0; round < ROUNDS; round++) {
      commits(table);
      if (round % 4 == 1) {
        movePartOfTheLog(table);
      }
      if (round % 7 == 6) {
        table.close();
        table = open(folder);
      }
      if (round % 7 == 6 || round % 3 == 0) {
        commit(table);
      }
      var copy = copy(round);
      var what = round % 20 == 0 ? "nothing" : damage(copy);
      try {
        inspect(copy, what);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + SEED + ", round " + round + ": " + what, e);
      }
    }
    table.close();
    System.getLogger("test")
        .log(
            System.Logger.Level.INFO,
            "{0} of {1} ruined, {2} with rows lost",
            ruined,
            ROUNDS,
            lost);
    assertTrue(ruined > ROUNDS / 20, "hardly anything was damaged");
  }

  /** Moves the log into the file whenever it ticks. */
  private static Table open(Path folder) {
    var settings = new DiskSettings(true, 4, DiskSettings.NEVER, 1, Disk.real());
    return DiskFiles.open(folder.resolve("a.db").toString(), "c", settings, () -> {});
  }

  private void commits(Table table) {
    for (int commits = 1 + random.nextInt(3); commits > 0; commits--) {
      commit(table);
    }
  }

  /** As if the process had been killed while it moved the log into the file. */
  private void movePartOfTheLog(Table table) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("a.db"));
        var statement = connection.createStatement()) {
      // A reader of an old commit keeps the rest in the log.
      statement.execute("BEGIN");
      statement.executeQuery("SELECT * FROM file").close();
      commits(table);
      table.tick();
      statement.execute("COMMIT");
    }
  }

  private void commit(Table table) {
    var written = new ArrayList<Row>();
    var removed = new ArrayList<Row>();
    var clear = random.nextInt(150) == 0;
    if (clear) {
      last.clear();
    }
    for (int change = 1 + random.nextInt(12); change > 0; change--) {
      var name = "key-" + random.nextInt(KEYS);
      if (written.stream().anyMatch(row -> text(row.key()).equals(name))) {
        continue;
      }
      var old = last.get(name);
      if (old != null && random.nextInt(5) == 0) {
        last.remove(name);
        removed.add(bare(old));
      } else if (removed.stream().noneMatch(row -> text(row.key()).equals(name))) {
        var next = row(name, old);
        last.put(name, next);
        written.add(next);
      }
    }
    var after = new Totals(sequence, last.size(), last.size(), 0);
    table.commit(new Changes(clear, written, removed, List.of(), after), true);
  }

  /** Values of one length often lie where older ones lay. */
  private Row row(String name, Row old) {
    var id = ++sequence;
    var length = random.nextInt(4) == 0 ? random.nextInt(12_000) : 40;
    var value = (name + "=" + id + ".").repeat(1 + length / 12);
    var deadline = random.nextInt(3) == 0 ? 1_000_000 + id : Long.MAX_VALUE;
    return Rows.row(old == null ? id : old.id(), name, value, id, random.nextInt(50), deadline);
  }

  private Path copy(int round) throws IOException {
    var copy = Files.createDirectory(folder.resolve("copy-" + round));
    for (var name : new String[] {"a.db", "a.db-wal", "a.db.lock"}) {
      if (Files.exists(folder.resolve(name))) {
        Files.copy(folder.resolve(name), copy.resolve(name));
      }
    }
    return copy;
  }

  private String damage(Path copy) throws IOException {
    var log = copy.resolve("a.db-wal");
    var victim = Files.exists(log) && random.nextBoolean() ? log : copy.resolve("a.db");
    try (var file = new RandomAccessFile(victim.toFile(), "rw")) {
      var place = place(file.length());
      switch (random.nextInt(5)) {
        case 0 -> file.setLength(place);
        case 1 -> {
          file.seek(place);
          file.write(new byte[(int) Math.min(512, file.length() - place)]);
        }
        default -> flip(file, place);
      }
      return victim.getFileName() + " damaged at " + place;
    }
  }

  /** Often in the first page, where it hurts. */
  private long place(long length) {
    return random.nextInt(5) == 0
        ? random.nextInt((int) Math.max(1, Math.min(length, 128)))
        : (long) (random.nextDouble() * length);
  }

  private void flip(RandomAccessFile file, long place) throws IOException {
    for (int flips = 1 + random.nextInt(3); flips > 0 && place < file.length(); flips--) {
      file.seek(place);
      var old = file.read();
      file.seek(place);
      file.write(old ^ (1 << random.nextInt(8)));
    }
  }

  private void inspect(Path copy, String what) throws IOException {
    var table = open(copy);
    var found = 0;
    for (int number = 0; number < KEYS; number++) {
      var row = table.read(key("key-" + number), true);
      if (row != null) {
        check(row);
        found++;
      }
    }
    table.below(Long.MAX_VALUE, 10_000).forEach(this::check);
    table.coldestAfter(null, 10_000).forEach(this::check);
    if (what.equals("nothing")) {
      assertEquals(last.size(), found);
      assertEquals(List.of(), table.problems());
      assertEquals(last.size(), table.totals().entries());
    }
    ruined += table.problems().toString().contains("ruined") ? 1 : 0;
    lost += found < last.size() ? 1 : 0;
    goOn(table);
    table.close();
    delete(copy);
  }

  private void check(Row row) {
    var expected = last.get(text(row.key()));
    if (!row.equals(expected)) {
      // The access time is not covered.
      if (expected == null
          || !text(row).equals(text(expected))
          || row.deadline() != expected.deadline()) {
        fail(text(row.key()) + " is there with version " + row.version());
      }
    }
  }

  /** A damaged file can be written, or is replaced while it is. */
  private void goOn(Table table) {
    for (int number = 0; number < 20; number++) {
      var name = "key-" + number;
      var here = table.read(key(name), false);
      var id = here == null ? 1_000_000 + number : here.id();
      var row = Rows.row(id, name, "new", 2_000_000, 1, 7);
      try {
        table.commit(new Changes(false, List.of(row), List.of(), List.of(), table.totals()), false);
        assertEquals(row, table.read(row.key(), true));
      } catch (dev.larder.StoreException e) {
        assertTrue(table.problems().toString().contains("ruined"), e::toString);
      }
    }
    for (var found : table.below(Long.MAX_VALUE, 10_000)) {
      var number = Integer.parseInt(text(found.key()).substring(4));
      assertTrue(number >= 20 || text(found).equals("new"), () -> text(found.key()));
    }
  }

  private static void delete(Path copy) throws IOException {
    try (var files = Files.list(copy)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(copy);
  }
}
