package dev.larder.tck.hibernate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.tck.support.Place;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Entities in the second-level cache, by each strategy. */
class EntityTest {
  private final Shop shop = Shop.open(Place.fresh());

  @AfterEach
  void close() {
    shop.close();
  }

  private String titleNow() {
    return shop.in(session -> session.find(Book.class, "1").title());
  }

  /** Proves that a later session gets every column from the cache, of the right type and value. */
  @Test
  @Tag("smoke")
  void laterSessionReadsAllColumnsWithoutTheDatabase() {
    shop.run(session -> session.persist(new Author(1, "ada")));
    shop.run(session -> session.find(Author.class, 1L));
    var asked =
        shop.statements(
            () -> {
              var ada = shop.in(session -> session.find(Author.class, 1L));
              assertEquals("ada", ada.name());
              assertEquals(LocalDate.of(1815, 12, 10), ada.born());
              assertEquals(new BigDecimal("12.50"), ada.royalties());
              assertEquals(Genre.SCIENCE, ada.genre());
              assertArrayEquals(new byte[] {1, 2, 3}, ada.portrait());
              assertEquals("London", ada.address().city());
              assertEquals("Marylebone", ada.address().street());
            });
    assertEquals(0, asked);
    assertEquals(2, shop.statistics().getSecondLevelCacheHitCount());
  }

  /** Proves that what one session does to an entity it got does not change the cache. */
  @Test
  void changesOfASessionThatDoesNotCommitStayItsOwn() {
    shop.run(session -> session.persist(new Author(1, "ada")));
    shop.run(session -> session.find(Author.class, 1L));
    try (var session = shop.factory().openSession()) {
      session.beginTransaction();
      var ada = session.find(Author.class, 1L);
      ada.rename("changed");
      ada.portrait()[0] = 99;
      session.flush();
      session.getTransaction().rollback();
    }
    var ada = shop.in(session -> session.find(Author.class, 1L));
    assertEquals("ada", ada.name());
    assertEquals(1, ada.portrait()[0]);
  }

  /** Proves that READ_WRITE gives the committed value from the cache at once. */
  @Test
  void readWriteUpdateIsThereForTheNextSession() {
    shop.run(session -> session.persist(new Author(1, "ada")));
    shop.run(session -> session.find(Author.class, 1L).rename("augusta"));
    var asked =
        shop.statements(
            () ->
                assertEquals(
                    "augusta", shop.in(session -> session.find(Author.class, 1L).name())));
    assertEquals(0, asked);
  }

  /** Proves that READ_WRITE without a version does the same, under an id of several columns. */
  @Test
  void readWriteHoldsIdsOfSeveralColumns() {
    var spot = new Shelf.Spot(Genre.FICTION, 3);
    shop.run(session -> session.persist(new Shelf(spot, "novels")));
    shop.run(session -> session.find(Shelf.class, spot).label("short stories"));
    var asked =
        shop.statements(
            () ->
                assertEquals(
                    "short stories",
                    shop.in(
                        session ->
                            session
                                .find(Shelf.class, new Shelf.Spot(Genre.FICTION, 3))
                                .label())));
    assertEquals(0, asked);
  }

  /** Proves that NONSTRICT_READ_WRITE drops what was updated and caches it again when read. */
  @Test
  void nonstrictUpdateIsReadAnewOnceAndThenCached() {
    shop.run(session -> session.persist(new Book("1", "Notes")));
    assertEquals("Notes", titleNow());
    shop.run(session -> session.find(Book.class, "1").rename("Sketch"));
    assertEquals(1, shop.statements(() -> assertEquals("Sketch", titleNow())));
    assertEquals(0, shop.statements(() -> assertEquals("Sketch", titleNow())));
  }

  /** Proves that READ_ONLY is cached, and that Hibernate refuses to change it. */
  @Test
  void readOnlyIsCachedAndRefusesUpdates() {
    shop.run(session -> session.persist(new Country("gb", "Britain")));
    shop.run(session -> session.find(Country.class, "gb"));
    var asked =
        shop.statements(
            () ->
                assertEquals(
                    "Britain", shop.in(session -> session.find(Country.class, "gb").name())));
    assertEquals(0, asked);
    assertThrows(
        UnsupportedOperationException.class,
        () -> shop.run(session -> session.find(Country.class, "gb").rename("other")));
    assertEquals("Britain", shop.in(session -> session.find(Country.class, "gb").name()));
  }

  /** Proves that a rollback leaves the cache as it was. */
  @Test
  void rollbackLeavesTheOldValue() {
    shop.run(session -> session.persist(new Author(1, "ada")));
    shop.run(session -> session.persist(new Book("1", "Notes")));
    assertEquals("Notes", titleNow());
    assertThrows(
        IllegalStateException.class,
        () ->
            shop.run(
                session -> {
                  session.find(Author.class, 1L).rename("wrong");
                  session.find(Book.class, "1").rename("wrong");
                  session.flush();
                  throw new IllegalStateException("on purpose");
                }));
    assertEquals("ada", shop.in(session -> session.find(Author.class, 1L).name()));
    assertEquals("Notes", titleNow());
  }

  /** Proves that what was deleted is gone from the cache too. */
  @Test
  void deletedEntityIsGone() {
    shop.run(session -> session.persist(new Author(1, "ada")));
    shop.run(session -> session.persist(new Book("1", "Notes")));
    assertEquals("Notes", titleNow());
    shop.run(
        session -> {
          session.remove(session.find(Author.class, 1L));
          session.remove(session.find(Book.class, "1"));
        });
    assertNull(shop.in(session -> session.find(Author.class, 1L)));
    assertNull(shop.in(session -> session.find(Book.class, "1")));
  }

  /** Proves that a change of the table by one statement empties the region. */
  @Test
  void bulkUpdateEmptiesTheRegion() {
    shop.run(session -> session.persist(new Book("1", "Notes")));
    assertEquals("Notes", titleNow());
    shop.run(
        session ->
            session.createMutationQuery("update Book set title = 'Sketch'").executeUpdate());
    assertEquals("Sketch", titleNow());
  }

  /** Proves that Hibernate's own interface to the cache sees and evicts entries. */
  @Test
  void evictionThroughHibernateWorks() throws SQLException {
    shop.run(session -> session.persist(new Book("1", "Notes")));
    assertEquals("Notes", titleNow());
    var cache = shop.factory().getCache();
    assertTrue(cache.containsEntity(Book.class, "1"));
    shop.behindItsBack("update Book set title = 'Sketch'");
    assertEquals("Notes", titleNow(), "it is not the cache that answers");
    cache.evictEntityData(Book.class, "1");
    assertFalse(cache.containsEntity(Book.class, "1"));
    assertEquals("Sketch", titleNow());
    shop.behindItsBack("update Book set title = 'Third'");
    cache.evictAllRegions();
    assertEquals("Third", titleNow());
  }

  /** Proves that a reference to a cached entity is filled from the cache. */
  @Test
  void referencesAreFilledFromTheCache() {
    shop.run(
        session -> {
          var ada = new Author(1, "ada");
          session.persist(ada);
          ada.add(new Book("1", "Notes"));
        });
    shop.run(
        session -> {
          session.find(Author.class, 1L);
          session.find(Book.class, "1");
        });
    var asked =
        shop.statements(
            () ->
                shop.run(
                    session -> {
                      var author = session.find(Book.class, "1").author();
                      assertFalse(Hibernate.isInitialized(author));
                      assertEquals("ada", author.name());
                    }));
    assertEquals(0, asked);
  }

  /** Proves that Hibernate's statistics of a region count what happened, and nothing twice. */
  @Test
  void statisticsOfTheRegionCountWhatHappened() {
    shop.run(session -> session.persist(new Book("1", "Notes")));
    titleNow();
    titleNow();
    titleNow();
    shop.run(session -> session.find(Book.class, "none"));
    var region = shop.statistics().getDomainDataRegionStatistics(Book.class.getName());
    assertEquals(2, region.getHitCount());
    assertEquals(2, region.getMissCount());
    assertEquals(1, region.getPutCount());
    assertEquals(2, shop.statistics().getSecondLevelCacheHitCount());
  }
}
