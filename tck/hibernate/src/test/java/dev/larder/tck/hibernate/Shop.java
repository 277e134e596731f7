package dev.larder.tck.hibernate;

import dev.larder.tck.support.Place;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.CacheManager;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.stat.Statistics;

/** A session factory over a database in memory, with its second-level cache in a place. */
final class Shop implements AutoCloseable {
  /** What a user adds to larder.yaml where entries are bytes that another process wrote. */
  static final String ALLOWED =
      "org.hibernate.cache.*, org.hibernate.query.internal.QueryParameterBindingsImpl*,"
          + " dev.larder.tck.hibernate.Genre";

  private static final List<Class<?>> ENTITIES =
      List.of(Country.class, Author.class, Book.class, Shelf.class);

  private final SessionFactory factory;
  private final CacheManager manager;
  private final String database;

  private Shop(SessionFactory factory, CacheManager manager, String database) {
    this.factory = factory;
    this.manager = manager;
    this.database = database;
  }

  /** Opens one with an empty database of its own. */
  static Shop open(Place place) {
    return open(place, Map.of("hibernate.hbm2ddl.auto", "create"), List.of());
  }

  /** Opens one over the database of another one, or of one before. */
  static Shop again(Place place) {
    return open(place, Map.of(), List.of());
  }

  /** Opens one with more settings of Hibernate, and more entities. */
  static Shop open(Place place, Map<String, String> settings, List<Class<?>> entities) {
    var database =
        "jdbc:h2:mem:" + place.uri().getSchemeSpecificPart() + ";DB_CLOSE_DELAY=-1";
    var manager = place.manager();
    var configuration = new Configuration();
    ENTITIES.forEach(configuration::addAnnotatedClass);
    entities.forEach(configuration::addAnnotatedClass);
    var all = new HashMap<String, Object>(usual(database));
    all.put("hibernate.javax.cache.cache_manager", manager);
    all.putAll(settings);
    configuration.getProperties().putAll(all);
    try {
      return new Shop(configuration.buildSessionFactory(), manager, database);
    } catch (RuntimeException e) {
      manager.getCachingProvider().close();
      throw e;
    }
  }

  private static Map<String, String> usual(String database) {
    return Map.of(
        "hibernate.connection.url",
        database,
        "hibernate.cache.region.factory_class",
        "jcache",
        "hibernate.javax.cache.missing_cache_strategy",
        "create",
        "hibernate.cache.use_second_level_cache",
        "true",
        "hibernate.cache.use_query_cache",
        "true",
        "hibernate.generate_statistics",
        "true",
        "hibernate.connection.pool_size",
        "8");
  }

  SessionFactory factory() {
    return factory;
  }

  CacheManager manager() {
    return manager;
  }

  Statistics statistics() {
    return factory.getStatistics();
  }

  /** Does work in a session and a transaction of its own. */
  <T> T in(Function<Session, T> work) {
    return factory.fromTransaction(work);
  }

  /** Does work in a session and a transaction of its own. */
  void run(Consumer<Session> work) {
    factory.inTransaction(work);
  }

  /** How many statements the database is asked while this is done. */
  long statements(Runnable work) {
    var before = statistics().getPrepareStatementCount();
    work.run();
    return statistics().getPrepareStatementCount() - before;
  }

  /** Changes the database where Hibernate does not see it. */
  void behindItsBack(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    factory.close();
    manager.getCachingProvider().close();
  }
}
