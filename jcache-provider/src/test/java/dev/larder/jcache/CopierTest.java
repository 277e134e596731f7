package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.larder.jcache.copy.Copier;
import dev.larder.jcache.copy.CopyRules;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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
  void everythingElseIsSerialized() {
    var date = new Date(5);

    var copy = byValue.copy(date);

    assertEquals(date, copy);
    assertNotSame(date, copy);
  }

  @Test
  void byReferenceSharesEverything() {
    var thing = new Object();

    assertSame(thing, Copier.byReference().copy(thing));
  }
}
