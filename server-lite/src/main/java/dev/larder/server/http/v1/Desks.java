package dev.larder.server.http.v1;

import dev.larder.server.core.BusyException;
import dev.larder.server.core.Database;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Work;
import dev.larder.server.http.Exchange;
import dev.larder.server.http.ProblemException;
import io.netty.util.concurrent.DefaultThreadFactory;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the versioned API keeps beside each database: leases, events, fill tokens. Safe for all
 * threads.
 */
@Singleton
public final class Desks implements AutoCloseable {
  private final Map<Database, Desk> desks = new ConcurrentHashMap<>();
  private final Databases databases;
  private final ScheduledExecutorService scheduler;
  private final Executor work;
  private final Leases leases;
  private final SecureRandom random = new SecureRandom();
  private final ExecutorService pump =
      Executors.newSingleThreadExecutor(new DefaultThreadFactory("larder-events", true));
  private boolean closed;

  @Inject
  Desks(Databases databases, ScheduledExecutorService scheduler, Work work) {
    this.databases = databases;
    this.scheduler = scheduler;
    this.work = work;
    this.leases = new Leases(scheduler, work);
  }

  /**
   * The database of the cache in the path.
   *
   * @throws ProblemException when there is no such cache
   */
  Database database(Exchange exchange) {
    return named(exchange.text("cache"));
  }

  private Database named(String name) {
    return databases.find(name).orElseThrow(() -> Refusals.noCache(name));
  }

  /**
   * That of a database.
   *
   * @throws BusyException when the server ends: what would be begun now nobody would end
   */
  Desk of(Database database) {
    var desk = desks.get(database);
    return desk != null ? desk : opened(database);
  }

  private synchronized Desk opened(Database database) {
    if (closed) {
      throw new BusyException("the server is shutting down", null);
    }
    return desks.computeIfAbsent(database, this::desk);
  }

  private Desk desk(Database database) {
    return new Desk(
        database,
        leases.of(database),
        new LoadTable(database, scheduler, pump),
        new Feed(database, scheduler, pump, work, this::name));
  }

  private String name() {
    return Long.toString(random.nextLong() >>> 1, Character.MAX_RADIX);
  }

  /** The database is no more. */
  void forget(Database database) {
    leases.forget(database);
    var desk = desks.remove(database);
    if (desk != null) {
      desk.loads().close();
      desk.feed().close();
    }
  }

  Databases databases() {
    return databases;
  }

  /** Where work is done that may take long. */
  Executor work() {
    return work;
  }

  /** Ends all streams and leases, for good. */
  @Override
  public synchronized void close() {
    closed = true;
    desks.keySet().forEach(this::forget);
    pump.shutdown();
  }
}
