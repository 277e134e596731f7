package dev.larder.disk;

import dev.larder.CacheSpec;
import dev.larder.Placement;
import dev.larder.spi.Context;
import dev.larder.spi.Store;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.StoreProvider;
import dev.larder.testkit.disk.DiskFaults;
import dev.larder.testkit.disk.DiskStep;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The topology {@code disk} over a disk that does what a test tells it, under the word {@code
 * faulty-disk}. One test at a time: the faults are those of the last {@link #anew}.
 */
public final class FaultyDisk implements StoreProvider {
  private static volatile DiskFaults faults = new DiskFaults();
  private static volatile long pages;

  private final StoreProvider disk =
      new DiskStoreProvider(
          new Disk() {
            @Override
            public Connection connect(DataSource source) throws SQLException {
              return limited(faults.over(source).getConnection());
            }

            @Override
            public void force(Path log) throws IOException {
              try {
                faults.pass(DiskStep.FORCE);
              } catch (SQLException e) {
                throw new IOException(e.getMessage(), e);
              }
              Disk.super.force(log);
            }
          });

  /** A disk on which all is well, and that has room. */
  public static DiskFaults anew() {
    pages = 0;
    faults = new DiskFaults();
    return faults;
  }

  /** Connections from now on find the disk full when the file has so many pages; 0 for never. */
  public static void pages(long most) {
    pages = most;
  }

  private static Connection limited(Connection connection) throws SQLException {
    if (pages > 0) {
      try (var statement = connection.createStatement()) {
        statement.execute("PRAGMA max_page_count = " + pages);
      }
    }
    return connection;
  }

  @Override
  public String topology() {
    return "faulty-disk";
  }

  @Override
  public boolean holdsBytes() {
    return true;
  }

  @Override
  public boolean inProcess() {
    return true;
  }

  @Override
  public Set<String> names(Placement placement, Context context) {
    return disk.names(placement, context);
  }

  @Override
  public void destroy(CacheSpec<?, ?> spec, Context context) {
    disk.destroy(spec, context);
  }

  @Override
  public <K, V> Store<K, V> open(CacheSpec<?, ?> spec, StoreEvents<K, V> events, Context context) {
    return disk.open(spec, events, context);
  }
}
