package dev.larder.jcache.copy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;

@SuppressWarnings("JavaUtilDate") // a well-known class whose objects change is the point
class CopierTest {
  private record Fixed(String name, int number, Instant since, TimeUnit unit) {}

  private record Nested(Fixed fixed, UUID id) {}

  private record Open(List<String> names) implements Serializable {}

  private final Copier byValue = Copier.byValue(getClass().getClassLoader(), CopyRules.NONE);

  private void assertShared(Object object) {
    assertSame(object, byValue.copy(object));
  }

  @Test
  void valuesThatNeverChangeAreShared() {
    assertShared("text");
    assertShared(1L << 40);
    assertShared(new BigDecimal("1.5"));
    assertShared(Instant.EPOCH);
    assertShared(TimeUnit.DAYS);
    assertShared(Thread.State.NEW);
    assertShared(java.time.ZoneId.of("Europe/Berlin"));
  }

  @Test
  void recordsOfSuchValuesAreSharedWithoutBeingSerializable() {
    var fixed = new Fixed("a", 1, Instant.EPOCH, TimeUnit.DAYS);

    assertShared(fixed);
    assertShared(new Nested(fixed, new UUID(1, 2)));
  }

  @Test
  void recordsThatHoldAnythingElseAreCopied() {
    var open = new Open(new ArrayList<>(List.of("a")));

    var copy = byValue.copy(open);

    assertEquals(open, copy);
    open.names().add("b");
    assertEquals(List.of("a"), copy.names());
  }

  @Test
  void arraysOfPrimitivesAndOfFixedTypesAreCloned() {
    var bytes = new byte[] {1, 2};
    var texts = new String[] {"a", "b"};
    var grid = new int[][] {{1}, {2}};

    assertNotSame(bytes, byValue.copy(bytes));
    assertArrayEquals(bytes, byValue.copy(bytes));
    assertArrayEquals(texts, byValue.copy(texts));
    var copy = byValue.copy(grid);
    assertArrayEquals(grid, copy);
    assertNotSame(grid[0], copy[0]);
  }

  @Test
  void datesAreCopied() {
    var date = new Date(5);

    var copy = byValue.copy(date);

    assertEquals(date, copy);
    assertNotSame(date, copy);
  }

  @Test
  void objectsAreMadeAsSerializationMakesThem() {
    var cell = new Samples.Wide();
    cell.base = 8;
    cell.name = "changed";
    cell.items.add(cell);

    var copy = byValue.copy(cell);

    assertEquals(7, copy.base); // its class is not serializable, so its constructor ran
    assertEquals("changed", copy.name);
    assertNull(copy.scratch);
    assertSame(copy, copy.items.get(0));
    assertNotSame(cell.items, copy.items);
  }

  @Test
  void classesWithSerializationOfTheirOwnAreSerialized() {
    var hooked = new Samples.Hooked(5);
    hooked.held = new Object[] {hooked};

    var copy = byValue.copy(hooked);

    assertEquals(5, copy.number);
    assertSame(copy, ((Object[]) copy.held)[0]);
  }

  @Test
  void whatCannotBeCopiedIsRefusedByNameWithTheWaysOut() {
    var refused = assertThrows(CacheException.class, () -> byValue.copy(List.of(new Object())));

    var message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("java.lang.Object"), message);
    assertTrue(message.contains("LarderConfiguration.copier"), message);
    assertThrows(CacheException.class, () -> byValue.copy(new Thread()));
  }

  @Test
  void linkedMapsStayInTheOrderOfAccess() {
    var map = new LinkedHashMap<String, Date>(16, 0.75f, true);
    map.put("a", new Date(1));
    map.put("b", new Date(2));

    var copy = byValue.copy(map);
    var unused = copy.get("a");

    assertEquals(List.of("b", "a"), List.copyOf(copy.keySet()));
    assertEquals(List.of("a", "b"), List.copyOf(map.keySet()));
  }

  @Test
  void sortedCollectionsWithComparatorsOfTheirOwnAreSerialized() {
    var set = new TreeSet<String>(new Backwards());
    set.addAll(List.of("a", "b"));

    var copy = byValue.copy(set);

    assertEquals(List.of("b", "a"), List.copyOf(copy));
    assertNotSame(set, copy);
    assertNotSame(set.comparator(), copy.comparator());
  }

  /** It could change. */
  private static final class Backwards implements Comparator<String>, Serializable {
    private static final long serialVersionUID = 1L;
    private int sign = -1;

    @Override
    public int compare(String one, String other) {
      return sign * one.compareTo(other);
    }
  }

  @Test
  void comparatorsThatCannotChangeAreShared() {
    var sign = -1;
    var set = new TreeSet<String>((one, other) -> sign * one.compareTo(other));
    set.addAll(List.of("a", "b"));

    var copy = byValue.copy(set);

    assertEquals(List.of("b", "a"), List.copyOf(copy));
    assertNotSame(set, copy);
    assertSame(set.comparator(), copy.comparator());
  }

  @Test
  void keysInCirclesAreLeftToSerialization() {
    var key = new Samples.Ticket(1);
    var map = new HashMap<Object, Object>();
    key.extra = map;
    map.put(key, "value");
    var plans = new Plans(CopyRules.NONE);

    assertThrows(Unplanned.class, () -> new Graph(plans).copy(key));
    assertSame(key.getClass(), byValue.copy(key).getClass());
  }

  @Test
  void deepValuesAreLeftToSerialization() {
    Object deep = new Date(1);
    for (var i = 0; i < 120; i++) {
      deep = new ArrayList<>(List.of(deep));
    }
    var plans = new Plans(CopyRules.NONE);
    var root = deep;

    assertThrows(Unplanned.class, () -> new Graph(plans).copy(root));
    assertEquals(root, byValue.copy(root));
  }

  @Test
  void valuesOfManyObjectsKeepTheirIdentities() {
    var dates = new ArrayList<Object>();
    for (var i = 0; i < 1_000; i++) {
      dates.add(new Date(i));
      dates.add(dates.get(i));
    }

    assertNull(Likeness.difference(dates, byValue.copy(dates)));
  }

  @Test
  void valuesThatTurnOutToHoldNothingThatChangesAreShared() {
    assertShared(new Open(List.of("a", "b")));
    assertShared(new Samples.Frozen(1, List.of()));
    assertShared(new Samples.Pair(1, new Samples.Pair("a", BigDecimal.ONE)));
    assertShared(Map.of("a", Set.of(1)));
  }

  @Test
  void aFieldThatStaysBehindKeepsAnObjectFromBeingShared() {
    var plain = new Hashed("a");
    plain.hash = 5;

    var copy = byValue.copy(plain);

    assertNotSame(plain, copy);
    assertEquals("a", copy.text);
    assertEquals(0, copy.hash);
  }

  private static final class Hashed implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String text;
    private transient int hash;

    Hashed(String text) {
      this.text = text;
    }
  }

  @Test
  void byReferenceSharesEverything() {
    var thing = new Object();

    assertSame(thing, Copier.byReference().copy(thing));
  }
}
