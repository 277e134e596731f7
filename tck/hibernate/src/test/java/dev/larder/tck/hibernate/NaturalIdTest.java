package dev.larder.tck.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.larder.tck.support.Place;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Natural ids in the second-level cache. */
@SuppressWarnings("deprecation") // the one way that both lines of Hibernate have
class NaturalIdTest {
  private final Shop shop = Shop.open(Place.fresh());

  @BeforeEach
  void write() {
    shop.run(session -> session.persist(new Author(1, "ada")));
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private Author by(String email) {
    return shop.in(session -> session.bySimpleNaturalId(Author.class).load(email));
  }

  /** Proves that an entity is found by its natural id without the database. */
  @Test
  @Tag("smoke")
  void entityIsFoundByItsNaturalIdWithoutTheDatabase() {
    by("ada@example.org");
    assertEquals(0, shop.statements(() -> assertEquals(1L, by("ada@example.org").id())));
    assertEquals(
        0L, shop.statistics().getNaturalIdStatistics(Author.class.getName()).getExecutionCount());
  }

  /** Proves that a natural id that changed leads to the entity, and the old one to nothing. */
  @Test
  void changedNaturalIdLeadsToTheEntity() {
    by("ada@example.org");
    shop.run(session -> session.find(Author.class, 1L).write("countess@example.org"));
    assertNull(by("ada@example.org"));
    assertEquals(1L, by("countess@example.org").id());
    assertEquals("countess@example.org", by("countess@example.org").email());
  }

  /** Proves that an entity that is gone is not found by its natural id. */
  @Test
  void deletedEntityIsNotFoundByItsNaturalId() {
    by("ada@example.org");
    shop.run(session -> session.remove(session.find(Author.class, 1L)));
    assertNull(by("ada@example.org"));
  }

  /** Proves that the evicted natural id is asked for again, once. */
  @Test
  void evictedNaturalIdIsAskedForOnce() {
    by("ada@example.org");
    shop.factory().getCache().evictNaturalIdData(Author.class);
    assertEquals(1, shop.statements(() -> by("ada@example.org")));
    assertEquals(0, shop.statements(() -> by("ada@example.org")));
  }
}
