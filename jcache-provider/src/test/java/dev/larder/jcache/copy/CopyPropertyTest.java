package dev.larder.jcache.copy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.larder.jcache.copy.Samples.Cell;
import dev.larder.jcache.copy.Samples.Ticket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;

/**
 * Copies of generated values against real serialization: built alike, identities and circles
 * included, and sharing nothing that may change. {@code -Dtest.copies.rounds} and {@code
 * -Dtest.copies.seed} say how many, and from where.
 */
@SuppressWarnings("JavaUtilDate") // users have them
class CopyPropertyTest {
  private static final int ROUNDS = Integer.getInteger("test.copies.rounds", 5_000);
  private static final long SEED = Long.getLong("test.copies.seed", 1);

  private final Plans plans = new Plans(CopyRules.NONE);
  private final Copier copier = Copier.byValue(getClass().getClassLoader(), CopyRules.NONE);

  @FunctionalInterface
  private interface Property {
    void check(Object original) throws Exception;
  }

  private static void forAll(Property property) {
    for (var seed = SEED; seed < SEED + ROUNDS; seed++) {
      try {
        property.check(RandomValues.of(seed));
      } catch (Throwable e) {
        fail("-Dtest.copies.rounds=1 -Dtest.copies.seed=" + seed + ": " + e, e);
      }
    }
  }

  private static byte[] bytes(Object object) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static Object serialized(Object object) throws IOException, ClassNotFoundException {
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes(object)))) {
      return in.readObject();
    }
  }

  /** A copy made without serialization; null where that is left to it. */
  private Object byParts(Object original) {
    try {
      return new Graph(plans).copy(original);
    } catch (Unplanned e) {
      return null;
    }
  }

  /** A copy; null where serialization itself refuses, which it does of some circles. */
  private Object copied(Object original) {
    try {
      return copier.copy(original);
    } catch (CacheException e) {
      assertThrows(Exception.class, () -> serialized(original));
      return null;
    }
  }

  @Test
  void copiesMadePartByPartAreThoseOfSerialization() {
    var byParts = new int[1];
    forAll(
        original -> {
          var copy = byParts(original);
          if (copy != null) {
            byParts[0]++;
            assertNull(Likeness.difference(serialized(original), copy));
          }
        });
    assertTrue(byParts[0] >= ROUNDS / 2, "only " + byParts[0] + " without serialization");
  }

  @Test
  void nothingThatMayChangeIsShared() {
    forAll(
        original -> {
          var copy = copied(original);
          if (copy == null) {
            return;
          }
          var shared = Walk.all(original);
          shared.retainAll(Walk.all(copy));
          for (var each : shared) {
            assertTrue(Walk.unchangeable(each), "shared: " + each.getClass());
          }
        });
  }

  @Test
  void changesOfTheCopyDoNotShowInTheOriginal() {
    forAll(
        original -> {
          var copy = copied(original);
          if (copy != null) {
            var before = bytes(original);
            spoil(copy);
            assertArrayEquals(before, bytes(original));
          }
        });
  }

  @Test
  void changesOfTheOriginalDoNotShowInTheCopy() {
    forAll(
        original -> {
          var copy = copied(original);
          if (copy != null) {
            var before = bytes(copy);
            spoil(original);
            assertArrayEquals(before, bytes(copy));
          }
        });
  }

  @Test
  void copiesOfCopiesAreAlike() {
    forAll(
        original -> {
          var copy = byParts(original);
          var again = copy == null ? null : byParts(copy); // which may order its keys otherwise
          if (again != null) {
            assertNull(Likeness.difference(serialized(copy), again));
          }
        });
  }

  /** Changes whatever can be changed. */
  private static void spoil(Object root) {
    for (var each : Walk.all(root)) {
      if (each instanceof Cell cell) {
        cell.number++;
        cell.name = "spoiled";
        cell.left = null;
        cell.next = null;
      } else if (each instanceof Ticket key) {
        key.extra = "spoiled";
      } else if (each instanceof int[] numbers) {
        numbers[0]++;
      } else if (each instanceof byte[] bytes) {
        bytes[0]++;
      } else if (each instanceof Object[] array) {
        Arrays.fill(array, null);
      } else if (each instanceof Date date) {
        date.setTime(date.getTime() + 1);
      } else if (each instanceof BitSet bits) {
        bits.flip(3);
      } else if (each instanceof AtomicInteger number) {
        number.incrementAndGet();
      } else {
        empty(each);
      }
    }
  }

  private static void empty(Object object) {
    try {
      if (object instanceof Collection<?> elements) {
        elements.clear();
      } else if (object instanceof Map<?, ?> map) {
        map.clear();
      }
    } catch (UnsupportedOperationException e) {
      assertTrue(
          Walk.unchangeable(object) || object.getClass().getName().matches(".*(Unmodif|Arrays).*"),
          "cannot be changed: " + object.getClass());
    }
  }
}
