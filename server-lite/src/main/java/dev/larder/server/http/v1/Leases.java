package dev.larder.server.http.v1;

import dev.larder.server.core.Database;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/** The leases on all databases. Safe for all threads. */
final class Leases {
  /** So many fences in a second before they would get ahead of the clock. */
  private static final int FENCES_A_SECOND = 20;

  private static final int ID_BYTES = 12;

  private final Map<Database, LeaseTable> tables = new ConcurrentHashMap<>();
  private final ScheduledExecutorService scheduler;
  private final Executor work;
  private final SecureRandom random = new SecureRandom();
  private final AtomicLong fence = new AtomicLong();

  /**
   * None yet.
   *
   * @param scheduler what makes leases run out
   * @param work where leases begin
   */
  Leases(ScheduledExecutorService scheduler, Executor work) {
    this.scheduler = scheduler;
    this.work = work;
  }

  /** Those of a database. */
  LeaseTable of(Database database) {
    var table = tables.get(database);
    return table != null ? table : tables.computeIfAbsent(database, this::table);
  }

  private LeaseTable table(Database database) {
    // Seconds in front, so that fences grow over restarts; what results stays below 2^53, which
    // JSON carries exactly, until the year 2242.
    fence.accumulateAndGet(
        Math.max(0, database.clock().exact() / 1_000) << FENCES_A_SECOND, Math::max);
    return new LeaseTable(database, scheduler, work, fence::incrementAndGet, this::id);
  }

  private String id() {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The database is no more. */
  void forget(Database database) {
    var table = tables.remove(database);
    if (table != null) {
      table.close();
    }
  }
}
