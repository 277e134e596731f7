package dev.larder.tck.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.tck.support.Place;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Collections of entities and of values in the second-level cache. */
class CollectionTest {
  private final Shop shop = Shop.open(Place.fresh());

  @BeforeEach
  void write() {
    shop.run(
        session -> {
          var ada = new Author(1, "ada");
          session.persist(ada);
          ada.add(new Book("1", "Notes"));
          ada.add(new Book("2", "Letters"));
          ada.links().put("home", "example.org");
        });
    titles();
    links();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private Set<String> titles() {
    return shop.in(
        session ->
            session.find(Author.class, 1L).books().stream()
                .map(Book::title)
                .collect(Collectors.toSet()));
  }

  private Map<String, String> links() {
    return shop.in(session -> Map.copyOf(session.find(Author.class, 1L).links()));
  }

  /** Proves that a collection of entities comes from the cache, and so do its elements. */
  @Test
  @Tag("smoke")
  void collectionOfEntitiesComesWithoutTheDatabase() {
    titles();
    var asked = shop.statements(() -> assertEquals(Set.of("Notes", "Letters"), titles()));
    assertEquals(0, asked);
    assertTrue(shop.factory().getCache().containsCollection(role("books"), 1L));
  }

  /** Proves that a map of values comes from the cache. */
  @Test
  void mapOfValuesComesWithoutTheDatabase() {
    var asked = shop.statements(() -> assertEquals(Map.of("home", "example.org"), links()));
    assertEquals(0, asked);
  }

  /** Proves that a collection that changed is not answered from before. */
  @Test
  void changedCollectionIsReadAnew() {
    shop.run(
        session -> {
          var ada = session.find(Author.class, 1L);
          ada.add(new Book("3", "Sketch"));
          ada.links().put("news", "example.com");
          ada.links().remove("home");
        });
    shop.factory().getCache().evictCollectionData(role("books"), 1L);
    assertEquals(Set.of("Notes", "Letters", "Sketch"), titles());
    assertEquals(Map.of("news", "example.com"), links());
    assertEquals(Map.of("news", "example.com"), links());
  }

  /** Proves that a rollback leaves the collection as it was. */
  @Test
  void rollbackLeavesTheCollection() {
    try (var session = shop.factory().openSession()) {
      session.beginTransaction();
      session.find(Author.class, 1L).links().clear();
      session.flush();
      session.getTransaction().rollback();
    }
    assertEquals(Map.of("home", "example.org"), links());
  }

  /** Proves that an evicted collection is read anew. */
  @Test
  void evictedCollectionIsReadAnew() {
    shop.factory().getCache().evictCollectionData(role("links"));
    assertFalse(shop.factory().getCache().containsCollection(role("links"), 1L));
    assertTrue(shop.statements(this::links) > 0);
    assertEquals(0, shop.statements(this::links));
  }

  private static String role(String property) {
    return Author.class.getName() + "." + property;
  }
}
