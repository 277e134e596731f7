package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.larder.spi.Bytes;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The estimates against what the virtual machine says it allocated, and against strange objects.
 *
 * <p>Longer than the house likes because of the classes of every shape that are estimated.
 */
final class FootprintTest {
  private static final List<Object> KEEP = new ArrayList<>();

  /** Open to everybody, so that its components are read. */
  public record Person(long id, String name, @Nullable Object more) {}

  /** Fields of every width in two classes, to be packed without loss. */
  static class Mixed {
    byte a = 1;
    long b = 2;
    boolean c = true;
    short d = 3;
  }

  static final class MoreMixed extends Mixed {
    int e = 4;
    char f = 'f';
    double g = 5;
    byte h = 6;
  }

  /** With a public way to the next one. */
  public static final class Link {
    public @Nullable Object next;
  }

  @SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // Users do store them.
  static Stream<Named<Supplier<Object>>> madeAnew() {
    return Stream.of(
        named("byte[0]", () -> new byte[0]),
        named("byte[1]", () -> new byte[1]),
        named("byte[1000]", () -> new byte[1_000]),
        named("boolean[9]", () -> new boolean[9]),
        named("short[9]", () -> new short[9]),
        named("char[9]", () -> new char[9]),
        named("int[9]", () -> new int[9]),
        named("float[9]", () -> new float[9]),
        named("long[9]", () -> new long[9]),
        named("double[9]", () -> new double[9]),
        named("Object[9]", () -> new Object[9]),
        named("byte[3][100]", () -> new byte[3][100]),
        named("Integer", () -> Integer.valueOf(123_456)),
        named("Long", () -> Long.valueOf(123_456)),
        named("Short", () -> Short.valueOf((short) 12_345)),
        named("Character", () -> Character.valueOf('\u20ac')),
        named("Float", () -> Float.valueOf(0.1f)),
        named("Double", () -> Double.valueOf(0.1)),
        named("Object", Object::new),
        named("fields of all widths", Mixed::new),
        named("fields of all widths in two classes", MoreMixed::new),
        named("UUID", () -> new UUID(1, 2)),
        named("Instant", () -> Instant.ofEpochSecond(1_000_000, 1)),
        named("LocalDate", () -> LocalDate.ofEpochDay(12_345)),
        named("LocalDateTime", () -> LocalDateTime.of(2026, 1, 2, 3, 4, 5)),
        named("Date", () -> new Date(1)),
        named("heap buffer", () -> ByteBuffer.allocate(100)),
        named("record", () -> new Person(1, "constant".repeat(2), new long[4])),
        named("List.of 2", () -> List.of(new byte[9], new byte[9])),
        named("List.of 3", () -> List.of(new byte[9], new byte[9], new byte[9])),
        named("Arrays.asList", () -> Arrays.asList(new byte[9], new byte[9], new byte[9])),
        named("ArrayList of capacity 5", () -> fill(new ArrayList<>(5), 5)),
        named("LinkedList", () -> fill(new LinkedList<>(), 10)),
        named("HashSet", () -> fill(new HashSet<>(), 10)),
        named("LinkedHashSet", () -> fill(new LinkedHashSet<>(), 10)),
        named("HashMap", () -> fill(new HashMap<>(), 10)),
        named("HashMap with a larger table", () -> fill(new HashMap<>(64), 40)),
        named("LinkedHashMap", () -> fill(new LinkedHashMap<>(), 10)),
        named("TreeMap", () -> fill(new TreeMap<>(), 10)));
  }

  private static Named<Supplier<Object>> named(String name, Supplier<Object> maker) {
    return Named.of(name, maker);
  }

  @ParameterizedTest
  @MethodSource("madeAnew")
  void theEstimateIsWhatTheVirtualMachineAllocates(Supplier<Object> maker) {
    assertEquals(allocated(maker), Footprint.estimate(maker.get()));
  }

  @Test
  void nullAndWhatIsSharedCostNothing() {
    assertEquals(0, Footprint.estimate(null));
    assertEquals(0, Footprint.estimate(DayOfWeek.MONDAY));
    assertEquals(0, Footprint.estimate(String.class));
    assertEquals(0, Footprint.estimate(true));
  }

  @Test
  void stringsAreExactInBothEncodings() {
    long empty = Footprint.estimate("");

    assertEquals(Footprint.estimate(new byte[0]), empty - shallowString());
    assertEquals(
        shallowString() + Footprint.estimate(new byte[1_000]),
        Footprint.estimate("a".repeat(1_000)));
    assertEquals(
        shallowString() + Footprint.estimate(new byte[1_000]),
        Footprint.estimate("\u00ff".repeat(1_000)));
    assertEquals(
        shallowString() + Footprint.estimate(new byte[2_000]),
        Footprint.estimate("a".repeat(999) + "\u0100"));
  }

  @Test
  void bytesAndBigNumbersFollowTheirLength() {
    assertEquals(
        24 + Footprint.estimate(new byte[100]), Footprint.estimate(new Bytes(new byte[100])));
    var small = BigInteger.valueOf(Long.MAX_VALUE);
    var large = BigInteger.ONE.shiftLeft(8_000);
    assertEquals(
        Footprint.estimate(new int[251]) - Footprint.estimate(new int[2]),
        Footprint.estimate(large) - Footprint.estimate(small));
    assertTrue(
        Footprint.estimate(new BigDecimal(large)) > Footprint.estimate(BigDecimal.TEN) + 1_000);
  }

  @Test
  void whatIsReachedTwiceCountsOnce() {
    var text = "x".repeat(1_000);

    assertEquals(
        Footprint.estimate(List.of(text, "y")),
        Footprint.estimate(new Object[] {List.of(text, "y"), text})
            - Footprint.estimate(new Object[2]));
  }

  @Test
  void largeContainersAreEstimatedFromASample() {
    var list = IntStream.range(0, 100_000).mapToObj(i -> new byte[100]).toList();
    long exact =
        Footprint.estimate(new Object[100_000]) + 100_000 * Footprint.estimate(new byte[100]);

    assertEquals(exact, Footprint.estimate(list.toArray()));
    assertClose(exact, Footprint.estimate(list), 100);
    var map = new HashMap<Object, Object>();
    list.forEach(bytes -> map.put(map.size() + 1_000, bytes));
    long node = ObjectLayout.object(3, Integer.BYTES);
    assertClose(
        100_000L * (120 + 16 + node) + ObjectLayout.pointers(1 << 18),
        Footprint.estimate(map),
        10_000);
  }

  @Test
  void cyclesEnd() {
    var first = new Link();
    var second = new Link();
    first.next = second;
    second.next = first;
    var list = new ArrayList<Object>();
    list.add(list);

    assertEquals(2 * Footprint.estimate(new Link()), Footprint.estimate(first));
    assertTrue(Footprint.estimate(list) < 200);
  }

  @Test
  void aLongChainIsFollowedToABoundOnly() {
    var first = new Link();
    var last = first;
    for (int i = 0; i < 1_000_000; i++) {
      var next = new Link();
      last.next = next;
      last = next;
    }

    long estimate = Footprint.estimate(first);
    assertTrue(estimate > 16 * 16 && estimate < 10_000, () -> "estimate " + estimate);
  }

  @Test
  void aWideGraphIsFollowedToABoundOnly() {
    Object[] level = {new byte[10]};
    for (int i = 0; i < 10; i++) {
      var next = new Object[64];
      for (int j = 0; j < next.length; j++) {
        next[j] = level.clone();
      }
      level = next;
    }

    assertTrue(Footprint.estimate(level) > 64 * 64);
  }

  @Test
  void privateFieldsOfClassesOnTheClassPathAreRead() {
    assertEquals(
        24 + Footprint.estimate("x".repeat(10_000)) + 16,
        Footprint.estimate(new Hidden("x".repeat(10_000))));
  }

  @Test
  void fieldsThatCannotBeReadAreGuessedFromTheirTypes() {
    long estimate = Footprint.estimate(CompletableFuture.completedFuture("x".repeat(10_000)));

    assertTrue(estimate >= 24 + 32 && estimate < 500, () -> "estimate " + estimate);
  }

  @Test
  void whatALambdaOrAProxyHoldsCounts() {
    var captured = new byte[10_000];
    Supplier<byte[]> lambda = () -> captured;
    var proxy =
        Proxy.newProxyInstance(
            FootprintTest.class.getClassLoader(),
            new Class<?>[] {Runnable.class},
            (self, method, arguments) -> captured);

    assertEquals(16 + Footprint.estimate(captured), Footprint.estimate(lambda));
    assertEquals(16 + 16 + Footprint.estimate(captured), Footprint.estimate(proxy));
  }

  @Test
  void theObjectAnInnerClassWasMadeByBelongsToOthers() {
    var outer = new Outer();

    assertEquals(16, Footprint.estimate(outer.inner()));
    assertTrue(Footprint.estimate(outer) > 10_000);
  }

  private static final class Outer {
    private final byte[] large = new byte[10_000];

    Object inner() {
      return new Object() {
        @Override
        public String toString() {
          return "of " + large.length;
        }
      };
    }
  }

  @Test
  void objectsThatThrowAreGuessed() {
    var broken =
        new AbstractList<Object>() {
          @Override
          public Object get(int index) {
            throw new IllegalStateException("not loaded");
          }

          @Override
          public int size() {
            throw new AssertionError("no session");
          }
        };
    var deep =
        new AbstractMap<Object, Object>() {
          @Override
          public Set<Entry<Object, Object>> entrySet() {
            throw new StackOverflowError();
          }
        };
    var lazy =
        Proxy.newProxyInstance(
            FootprintTest.class.getClassLoader(),
            new Class<?>[] {List.class},
            (proxy, method, arguments) -> {
              throw new Exception("no session");
            });

    for (var strange : List.of(broken, deep, lazy)) {
      long estimate = Footprint.estimate(new Object[] {strange});
      assertTrue(estimate > 0 && estimate < 1_000, () -> "estimate " + estimate);
    }
  }

  @Test
  void containersThatLieAboutTheirSizeAreBounded() {
    var negative = new Sized(-5);
    var huge = new Sized(Integer.MAX_VALUE);

    assertTrue(Footprint.estimate(negative) > 0);
    assertTrue(Footprint.estimate(new Object[] {huge, huge, negative}) > 0);
    assertTrue(Footprint.estimate(Collections.nCopies(Integer.MAX_VALUE, huge)) > 0);
  }

  @Test
  void recordsWhoseAccessorsThrowAreGuessed() {
    assertTrue(Footprint.estimate(new Throwing("x")) > 16);
  }

  @Test
  void otherContainersAreCloseToTheirKind() {
    var concurrent = new ConcurrentHashMap<Object, Object>();
    var enums = new EnumMap<DayOfWeek, byte[]>(DayOfWeek.class);
    for (var day : DayOfWeek.values()) {
      enums.put(day, new byte[100]);
      concurrent.put(day, new byte[100]);
    }

    assertClose(7 * 120, Footprint.estimate(enums), 200);
    assertClose(7 * (120 + 32), Footprint.estimate(concurrent), 300);
    assertClose(7 * (120 + 32), Footprint.estimate(Collections.unmodifiableMap(concurrent)), 300);
    assertClose(7 * 120, Footprint.estimate(Map.copyOf(enums)), 300);
  }

  /** Never ends and is of any size. */
  private static final class Sized extends AbstractList<Object> {
    private final int size;

    Sized(int size) {
      this.size = size;
    }

    @Override
    public Object get(int index) {
      return new byte[10];
    }

    @Override
    public int size() {
      return size;
    }
  }

  private static final class Hidden {
    private final String text;
    private final Object anything;
    private final @Nullable Hidden next;

    Hidden(String text) {
      this.text = text;
      anything = text.length();
      next = null;
    }

    @Override
    public String toString() {
      return text + anything + next;
    }
  }

  /** A record that cannot be read. */
  public record Throwing(String text) {
    @Override
    public String text() {
      throw new IllegalStateException("not now");
    }
  }

  private static void assertClose(long expected, long actual, long tolerance) {
    assertTrue(
        Math.abs(expected - actual) <= tolerance, () -> "expected " + expected + " is " + actual);
  }

  private static long shallowString() {
    return ObjectLayout.of(String.class).shallow();
  }

  private static List<Object> fill(List<Object> list, int size) {
    for (int i = 0; i < size; i++) {
      list.add(new byte[9]);
    }
    return list;
  }

  private static Set<Object> fill(Set<Object> set, int size) {
    for (int i = 0; i < size; i++) {
      set.add(Integer.valueOf(1_000 + i));
    }
    return set;
  }

  private static Map<Integer, Object> fill(Map<Integer, Object> map, int size) {
    for (int i = 0; i < size; i++) {
      map.put(Integer.valueOf(1_000 + i), new byte[9]);
    }
    return map;
  }

  /** The smallest count of several, since the virtual machine itself may allocate at first. */
  private static long allocated(Supplier<Object> maker) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 50; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      var made = maker.get();
      long after = threads.getCurrentThreadAllocatedBytes();
      KEEP.add(made);
      KEEP.clear();
      least = Math.min(least, after - before);
    }
    return least;
  }
}
