package dev.larder.examples.hibernate;

import java.util.Locale;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/**
 * A catalogue of products in a database, most reads of which the database never sees. Everything
 * about the cache is in {@code hibernate.properties} and {@code larder.yaml}.
 */
public final class Catalogue {
  private static final int PRODUCTS = 100;
  private static final int READS = 1_000;

  private final SessionFactory factory;

  private Catalogue(SessionFactory factory) {
    this.factory = factory;
  }

  /** Takes nothing; prints how often the database was asked. */
  public static void main(String[] args) {
    var configuration = new Configuration().addAnnotatedClass(Product.class);
    try (var factory = configuration.buildSessionFactory()) {
      var catalogue = new Catalogue(factory);
      catalogue.fill();
      catalogue.tell("first reads", catalogue::readAll);
      catalogue.tell("later reads", catalogue::readAll);
      catalogue.tell("query, first", catalogue::scarce);
      catalogue.tell("query, again", catalogue::scarce);
      catalogue.tell("a sale", catalogue::sell);
      catalogue.tell("query, after it", catalogue::scarce);
    }
  }

  /** Only into an empty database, so that a second run finds what the first one left. */
  private void fill() {
    if (factory.fromTransaction(session -> session.find(Product.class, 1L)) != null) {
      return;
    }
    factory.inTransaction(
        session -> {
          for (long id = 1; id <= PRODUCTS; id++) {
            session.persist(new Product(id, "product " + id, 10));
          }
        });
    factory.getCache().evictEntityData(Product.class);
  }

  private void readAll() {
    for (int i = 0; i < READS; i++) {
      var id = 1L + i % PRODUCTS;
      var found = factory.fromTransaction(session -> session.find(Product.class, id));
      if (found == null || found.id() != id) {
        throw new IllegalStateException("found " + found + " under " + id);
      }
    }
  }

  private void scarce() {
    factory.inTransaction(
        session ->
            session
                .createQuery("from Product where stock < 10", Product.class)
                .setCacheable(true)
                .list());
  }

  private void sell() {
    factory.inTransaction(session -> session.find(Product.class, 7L).sell());
  }

  private void tell(String what, Runnable work) {
    var statistics = factory.getStatistics();
    statistics.clear();
    work.run();
    System.out.printf(
        Locale.ROOT,
        "%-16s %4d statements, %4d entities and %d queries from the cache%n",
        what,
        statistics.getPrepareStatementCount(),
        statistics.getSecondLevelCacheHitCount(),
        statistics.getQueryCacheHitCount());
  }
}
