package dev.larder.tck.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.tck.support.Place;
import dev.larder.testkit.LogCapture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Two session factories, each with a provider and so an allow-list of its own as two processes have
 * them, over the same entries: in a server at the same time, on disk one after the other.
 */
class SharingTest {
  private static final String ALLOW = "defaults.serial-allow";

  private static void write(Shop shop) {
    shop.run(
        session -> {
          var ada = new Author(1, "ada");
          session.persist(ada);
          ada.add(new Book("1", "Notes"));
          ada.links().put("home", "example.org");
          session.persist(new Shelf(new Shelf.Spot(Genre.FICTION, 3), "novels"));
        });
  }

  /** What an application reads in its day: entities, collections, a natural id, two queries. */
  @SuppressWarnings("deprecation") // the one way that both lines of Hibernate have
  private static void read(Shop shop) {
    shop.run(
        session -> {
          var ada = session.find(Author.class, 1L);
          assertEquals("ada", ada.name());
          assertEquals(Genre.SCIENCE, ada.genre());
          assertEquals(
              Set.of("Notes"), ada.books().stream().map(Book::title).collect(Collectors.toSet()));
          Hibernate.initialize(ada.links());
          assertEquals(Map.of("home", "example.org"), Map.copyOf(ada.links()));
          assertEquals("novels", session.find(Shelf.class, new Shelf.Spot(Genre.FICTION, 3)).label());
        });
    shop.run(
        session -> {
          assertEquals(1L, session.bySimpleNaturalId(Author.class).load("ada@example.org").id());
          var query =
              session.createQuery("from Book where title like :title", Book.class);
          assertEquals(1, query.setParameter("title", "N%").setCacheable(true).list().size());
          var rows =
              session
                  .createQuery("select b.title, b.isbn, 3 from Book b", Object[].class)
                  .setCacheable(true)
                  .list();
          assertEquals(List.of("Notes", "1", 3), List.of(rows.get(0)));
        });
  }

  /** Proves that everything that one process read, another reads from the server. */
  @Test
  @Tag("smoke")
  @EnabledIfSystemProperty(named = Place.TOPOLOGY, matches = "remote")
  void whatOneProcessReadTheOtherHas() {
    var place = Place.fresh().with(ALLOW, Shop.ALLOWED);
    try (var one = Shop.open(place);
        var other = Shop.again(place)) {
      write(one);
      read(one);
      read(one);
      assertEquals(0, other.statements(() -> read(other)));
    }
  }

  /** Proves that an update of either is there for both. */
  @Test
  @EnabledIfSystemProperty(named = Place.TOPOLOGY, matches = "remote")
  void updatesOfEitherAreThereForBoth() {
    var place = Place.fresh().with(ALLOW, Shop.ALLOWED);
    try (var one = Shop.open(place);
        var other = Shop.again(place)) {
      write(one);
      read(one);
      read(other);
      other.run(session -> session.find(Author.class, 1L).rename("augusta"));
      other.run(session -> session.find(Book.class, "1").rename("Sketch"));
      assertEquals("augusta", one.in(session -> session.find(Author.class, 1L).name()));
      assertEquals("Sketch", one.in(session -> session.find(Book.class, "1").title()));
      one.run(session -> session.find(Author.class, 1L).links().put("news", "example.com"));
      int links = other.in(session -> Map.copyOf(session.find(Author.class, 1L).links()).size());
      assertEquals(2, links);
    }
  }

  /** Proves that without the line the other process misses, says which line to add, and is right. */
  @Test
  @EnabledIfSystemProperty(named = Place.TOPOLOGY, matches = "remote")
  void withoutTheLineTheOtherMissesAndSaysSo() {
    var place = Place.fresh();
    try (var log = new LogCapture("dev.larder");
        var one = Shop.open(place);
        var other = Shop.again(place)) {
      write(one);
      read(one);
      read(other);
      var said = log.messages().toString();
      assertTrue(said.contains("to allow it add serial-allow: [\"org.hibernate.cache"), said);
      assertTrue(said.contains("such entries are misses"), said);
    }
  }

  /** Proves that entries on disk are there for the application's next life. */
  @Test
  @Tag("smoke")
  @EnabledIfSystemProperty(named = Place.TOPOLOGY, matches = "disk")
  void entriesOnDiskAreThereForTheNextLife() {
    var place = Place.fresh().with(ALLOW, Shop.ALLOWED);
    try (var one = Shop.open(place)) {
      write(one);
      read(one);
      read(one);
    }
    try (var other = Shop.again(place)) {
      assertEquals(0, other.statements(() -> read(other)));
    }
  }
}
