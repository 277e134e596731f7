package dev.larder.disk;

import static dev.larder.disk.Rows.key;
import static dev.larder.disk.Rows.row;
import static dev.larder.disk.Rows.text;
import static dev.larder.disk.Rows.totals;
import static dev.larder.disk.Rows.written;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process killed while it moved the log leaves some pages of the database new and others old.
 * With the whole log that makes sense; without its end it would show old values under new counters.
 */
class HalfMovedTest {
  private static final int KEYS = 400;
  private static final int PAGE = 4096;

  @TempDir Path folder;

  /** Copies the files before and after the log is moved. */
  private final class CopyingDisk implements Disk {
    @Override
    public Connection connect(DataSource source) throws SQLException {
      var real = source.getConnection();
      return proxy(
          Connection.class,
          (method, arguments) -> {
            var result = method.invoke(real, arguments);
            return method.getName().equals("prepareStatement")
                    && arguments[0].toString().contains("PASSIVE")
                ? watched((PreparedStatement) result)
                : result;
          });
    }

    private PreparedStatement watched(PreparedStatement real) {
      return proxy(
          PreparedStatement.class,
          (method, arguments) -> {
            if (!method.getName().equals("executeQuery")) {
              return method.invoke(real, arguments);
            }
            copy("before");
            var result = method.invoke(real, arguments);
            copy("after");
            return result;
          });
    }

    /** Does a call. */
    private interface Call {
      Object call(java.lang.reflect.Method method, Object[] arguments)
          throws IllegalAccessException, InvocationTargetException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) -> {
                try {
                  return call.call(method, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              }));
    }
  }

  private void copy(String to) {
    try {
      var target = Files.createDirectories(folder.resolve(to));
      for (var name : new String[] {"a.db", "a.db-wal", "a.db.lock"}) {
        Files.copy(folder.resolve(name), target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Table open(Path folder, Disk disk) {
    var settings = new DiskSettings(true, 2, DiskSettings.NEVER, 1, disk);
    return DiskFiles.open(folder.resolve("a.db").toString(), "c", settings, () -> {});
  }

  @Test
  void theWholeLogIsNeeded() throws IOException {
    var table = open(folder, Disk.real());
    commit(table, 1);
    table.close();
    table = open(folder, new CopyingDisk());
    for (int version = 2; version <= 6; version++) {
      commit(table, version);
    }
    table.tick();
    table.close();

    var random = new Random(5);
    var old = 0;
    for (int round = 0; round < 60; round++) {
      old += inspect(half(round, random), round % 10 == 1) ? 1 : 0;
    }
    assertTrue(old > 3, "the log was hardly ever needed");
  }

  private static void commit(Table table, int version) {
    var rows = new Row[KEYS];
    for (int number = 0; number < KEYS; number++) {
      rows[number] = row(number, "k" + number, "v" + version, version, version, Long.MAX_VALUE);
    }
    table.commit(written(totals(version, KEYS), rows), true);
  }

  /** Some pages of the database as they are afterwards, the others as before; the log cut. */
  private Path half(int round, Random random) throws IOException {
    var target = Files.createDirectory(folder.resolve("half-" + round));
    for (var name : new String[] {"a.db", "a.db-wal", "a.db.lock"}) {
      Files.copy(folder.resolve("before").resolve(name), target.resolve(name));
    }
    var after = Files.readAllBytes(folder.resolve("after").resolve("a.db"));
    try (var database = new RandomAccessFile(target.resolve("a.db").toFile(), "rw")) {
      var moved = random.nextInt(after.length / PAGE);
      database.write(after, 0, moved * PAGE);
    }
    if (round % 10 != 1) {
      try (var log = new RandomAccessFile(target.resolve("a.db-wal").toFile(), "rw")) {
        log.setLength(random.nextInt(round % 3 == 0 ? PAGE : (int) log.length()));
      }
    }
    return target;
  }

  private static boolean inspect(Path half, boolean whole) {
    var table = open(half, Disk.real());
    for (int number = 0; number < KEYS; number++) {
      var row = table.read(key("k" + number), true);
      assertEquals("v6", row == null && !whole ? "v6" : row == null ? "none" : text(row));
    }
    var said = table.problems().toString();
    assertEquals(whole ? "[]" : said, said);
    table.close();
    return said.contains("end of its log");
  }
}
