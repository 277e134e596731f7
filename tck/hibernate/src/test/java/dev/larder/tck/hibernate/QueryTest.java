package dev.larder.tck.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.tck.support.Place;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.query.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Results of queries in the cache, and the timestamps of tables that make them outdated. */
class QueryTest {
  private final Shop shop = Shop.open(Place.fresh());

  @BeforeEach
  void write() {
    shop.run(
        session -> {
          for (int i = 1; i <= 5; i++) {
            session.persist(new Book("" + i, i % 2 == 0 ? "even" : "odd"));
          }
        });
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private static Query<Book> query(Session session, String title) {
    return session
        .createQuery("from Book where title = :title order by isbn", Book.class)
        .setParameter("title", title)
        .setCacheable(true);
  }

  private List<String> isbns(String title) {
    return shop.in(session -> query(session, title).list().stream().map(Book::isbn).toList());
  }

  /** Proves that a query is answered from the cache, each set of parameters for itself. */
  @Test
  @Tag("smoke")
  void secondRunOfAQueryNeedsNoDatabase() {
    assertEquals(List.of("1", "3", "5"), isbns("odd"));
    assertEquals(List.of("2", "4"), isbns("even"));
    var asked =
        shop.statements(
            () -> {
              assertEquals(List.of("1", "3", "5"), isbns("odd"));
              assertEquals(List.of("2", "4"), isbns("even"));
            });
    assertEquals(0, asked);
    assertEquals(2, shop.statistics().getQueryCacheHitCount());
    assertEquals(2, shop.statistics().getQueryCachePutCount());
  }

  /** Proves that first and largest result belong to the key. */
  @Test
  void pagesOfOneQueryAreDifferent() {
    for (int round = 0; round < 2; round++) {
      for (int first = 0; first < 3; first++) {
        var from = first;
        var page =
            shop.in(
                session ->
                    query(session, "odd").setFirstResult(from).setMaxResults(1).list().stream()
                        .map(Book::isbn)
                        .toList());
        assertEquals(List.of("" + (1 + 2 * first)), page);
      }
    }
    assertEquals(3, shop.statistics().getQueryCacheHitCount());
  }

  /** Proves that a write to the table makes the result outdated, also when it adds a row. */
  @Test
  void writeToTheTableOutdatesTheResult() {
    assertEquals(List.of("2", "4"), isbns("even"));
    shop.run(session -> session.persist(new Book("6", "even")));
    assertEquals(List.of("2", "4", "6"), isbns("even"));
    shop.run(session -> session.remove(session.find(Book.class, "4")));
    assertEquals(List.of("2", "6"), isbns("even"));
    assertEquals(0, shop.statements(() -> assertEquals(List.of("2", "6"), isbns("even"))));
  }

  /** Proves that a write to another table does not. */
  @Test
  void writeToAnotherTableDoesNotOutdateIt() {
    assertEquals(List.of("2", "4"), isbns("even"));
    shop.run(session -> session.persist(new Country("gb", "Britain")));
    assertEquals(0, shop.statements(() -> assertEquals(List.of("2", "4"), isbns("even"))));
  }

  /** Proves that results that are no entities, of several columns and types, are cached too. */
  @Test
  void columnsAreCachedWithTheirTypes() {
    for (int round = 0; round < 2; round++) {
      var rows =
          shop.in(
              session ->
                  session
                      .createQuery(
                          "select title, count(*) from Book group by title order by title",
                          Object[].class)
                      .setCacheable(true)
                      .list());
      assertEquals(List.of("even", 2L), List.of(rows.get(0)));
      assertEquals(List.of("odd", 3L), List.of(rows.get(1)));
    }
    assertEquals(1, shop.statistics().getQueryCacheHitCount());
  }

  /** Proves that a query finds its region, which can be emptied by name. */
  @Test
  void queryInARegionOfItsOwnIsEvictedByName() {
    for (int round = 0; round < 2; round++) {
      shop.run(session -> assertEquals(2, query(session, "even").setCacheRegion("own").list().size()));
    }
    assertEquals(1, shop.statistics().getQueryCacheHitCount());
    shop.factory().getCache().evictQueryRegion("own");
    var asked =
        shop.statements(
            () -> shop.run(session -> query(session, "even").setCacheRegion("own").list()));
    assertTrue(asked > 0);
  }
}
