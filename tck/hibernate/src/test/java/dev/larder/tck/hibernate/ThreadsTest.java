package dev.larder.tck.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.tck.support.Place;
import dev.larder.testkit.Actor;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OptimisticLockException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that read and write one entity of the second-level cache. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ThreadsTest {
  private static final int TIMES = 100;

  private final Shop shop = Shop.open(Place.fresh());

  @BeforeEach
  void write() {
    shop.run(session -> session.persist(new Author(1, "ada")));
    shop.run(session -> session.persist(new Book("1", "0")));
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private int counter() {
    return shop.in(session -> session.find(Author.class, 1L).counter());
  }

  /** Counts one up, from the entity as the cache has it; again when somebody was faster. */
  private void count() {
    for (int attempt = 0; attempt < 10_000; attempt++) {
      try {
        shop.run(session -> session.find(Author.class, 1L).count());
        return;
      } catch (OptimisticLockException somebodyWasFaster) {
        Thread.onSpinWait();
      }
    }
    throw new AssertionError("never got through");
  }

  /** Proves that no update of two threads gets lost, and that the cache ends with the last one. */
  @Test
  @Tag("smoke")
  void twoThreadsOnOneEntityLoseNoUpdate() throws Exception {
    Actor.together(
        2,
        number -> {
          for (int i = 0; i < TIMES; i++) {
            count();
          }
        });
    assertEquals(2 * TIMES, counter());
    assertEquals(0, shop.statements(() -> assertEquals(2 * TIMES, counter())));
  }

  /** Proves that under READ_WRITE readers never go back behind what they have seen. */
  @Test
  void readersBesideAWriterNeverGoBack() {
    Actor.together(
        3,
        number -> {
          if (number == 0) {
            for (int i = 0; i < TIMES; i++) {
              count();
            }
          } else {
            for (int seen = 0; seen < TIMES; ) {
              var now = counter();
              assertTrue(now >= seen, "from " + seen + " back to " + now);
              seen = now;
            }
          }
        });
  }

  /** Proves that whoever committed sees its own write in the next session, whoever reads beside. */
  @Test
  void writerSeesItsOwnWriteBesideReaders() {
    Actor.together(
        3,
        number -> {
          for (int i = 1; i <= TIMES; i++) {
            if (number == 0) {
              count();
              assertEquals(i, counter());
            } else {
              counter();
            }
          }
        });
  }

  /** Proves that a row that is locked for update is read from the database, not the cache. */
  @Test
  void lockedReadIsOfTheDatabase() throws Exception {
    counter();
    var asked =
        shop.statements(
            () ->
                shop.run(
                    session ->
                        session.find(Author.class, 1L, LockModeType.PESSIMISTIC_WRITE).count()));
    assertTrue(asked >= 2, () -> asked + " statements");
    assertEquals(1, counter());
  }
}
