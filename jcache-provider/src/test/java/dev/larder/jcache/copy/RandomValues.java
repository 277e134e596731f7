package dev.larder.jcache.copy;

import dev.larder.jcache.copy.Samples.Cell;
import dev.larder.jcache.copy.Samples.Fixed;
import dev.larder.jcache.copy.Samples.Frozen;
import dev.larder.jcache.copy.Samples.Hooked;
import dev.larder.jcache.copy.Samples.Named;
import dev.larder.jcache.copy.Samples.Pair;
import dev.larder.jcache.copy.Samples.Ticket;
import dev.larder.jcache.copy.Samples.Wide;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Random values: objects are made one after the other and hold earlier ones, so that many are held
 * twice; then some that can be changed are made to hold any, which closes circles.
 */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // users have them
final class RandomValues {
  private static final List<TimeUnit> UNITS = List.of(TimeUnit.values());
  private static final int KINDS = 24;
  private static final int KINDS_FOR_SERIALIZATION = 4;

  private final SplittableRandom random;
  private final List<Object> made = new ArrayList<>();

  private RandomValues(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The value of that seed: one in four has something for serialization alone, half circles. */
  static Object of(long seed) {
    var values = new RandomValues(seed);
    var kinds = KINDS + (values.chance(4) ? KINDS_FOR_SERIALIZATION : 0);
    var count = 1 + values.random.nextInt(values.chance(5) ? 60 : 12);
    for (var i = 0; i < count; i++) {
      values.made.add(values.make(values.random.nextInt(kinds)));
    }
    if (values.chance(2)) {
      values.made.forEach(values::relink);
    }
    return values.chance(3) ? values.made.toArray() : values.made.get(count - 1);
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private Object make(int kind) {
    return switch (kind) {
      case 0 -> new Pair(any(), any());
      case 1 -> new Frozen(random.nextInt(), any());
      case 2, 3 -> linked(new Cell());
      case 4 -> linked(new Wide());
      case 5 -> new int[] {random.nextInt(), 2, 3};
      case 6 -> new String[] {text(), null, text()};
      case 7 -> new Object[] {any(), any(), null};
      case 8 -> new Cell[] {new Cell(), null, new Wide()};
      case 9 -> filled(new ArrayList<>());
      case 10 -> filled(new LinkedList<>());
      case 11 -> new ArrayDeque<>(List.of(present(), present()));
      case 12 -> hashed(new HashSet<>());
      case 13 -> hashed(new LinkedHashSet<>());
      case 14 -> filled(new HashMap<>());
      case 15 -> filled(new LinkedHashMap<>(16, 0.75f, chance(2)));
      case 16 -> new TreeMap<>(Map.of(text(), present(), "z", present()));
      case 17 -> reversed();
      case 18 -> new EnumMap<>(Map.of(TimeUnit.DAYS, present(), TimeUnit.HOURS, present()));
      case 19 -> EnumSet.of(TimeUnit.DAYS, unit());
      case 20 -> chance(2) ? List.of(present()) : List.of(present(), present(), present());
      case 21 -> chance(2) ? Set.of(text(), key()) : Map.of(text(), present(), key(), present());
      case 22 -> value();
      case 23 -> new ConcurrentHashMap<>(Map.of(text(), present()));
      case 24 -> new Hooked(random.nextInt());
      case 25 -> Collections.unmodifiableList(filled(new ArrayList<>()));
      case 26 -> Arrays.asList(any(), any());
      default -> new Named(any());
    };
  }

  private Object value() {
    return switch (random.nextInt(4)) {
      case 0 -> new Date(random.nextInt());
      case 1 -> BitSet.valueOf(new long[] {random.nextLong()});
      case 2 -> new AtomicInteger(random.nextInt());
      default -> leaf();
    };
  }

  private Object leaf() {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextInt();
      case 1 -> random.nextLong();
      case 2 -> unit();
      case 3 -> Instant.ofEpochSecond(random.nextInt());
      case 4 -> LocalDate.ofEpochDay(random.nextInt(10_000));
      case 5 -> new UUID(random.nextLong(), 1);
      case 6 -> new BigDecimal(random.nextInt());
      default -> text();
    };
  }

  private TimeUnit unit() {
    return UNITS.get(random.nextInt(UNITS.size()));
  }

  private String text() {
    return "text " + random.nextInt(10_000);
  }

  /** An object made before, a leaf, or null. */
  private Object any() {
    return chance(8) ? null : present();
  }

  private Object present() {
    return made.isEmpty() || chance(3) ? leaf() : made.get(random.nextInt(made.size()));
  }

  private Object key() {
    return switch (random.nextInt(3)) {
      case 0 -> new Fixed(text(), random.nextInt(), TimeUnit.DAYS);
      case 1 -> leaf();
      default -> {
        var key = new Ticket(random.nextInt());
        key.extra = any();
        yield key;
      }
    };
  }

  private Cell linked(Cell cell) {
    cell.number = random.nextInt();
    cell.name = chance(2) ? text() : null;
    cell.left = any();
    cell.right = any();
    if (cell instanceof Wide wide) {
      wide.items.add(any());
      wide.left = any();
    }
    return cell;
  }

  private <C extends Collection<Object>> C filled(C collection) {
    for (var i = random.nextInt(4); i >= 0; i--) {
      collection.add(any());
    }
    return collection;
  }

  private Set<Object> hashed(Set<Object> set) {
    set.add(null);
    set.add(key());
    set.add(key());
    return set;
  }

  private Map<Object, Object> filled(Map<Object, Object> map) {
    map.put(key(), any());
    map.put(key(), any());
    map.put(text(), any());
    return map;
  }

  private Object reversed() {
    var set = new TreeSet<String>(Collections.reverseOrder());
    set.add(text());
    set.add(text());
    return set;
  }

  private Object anyMade() {
    return made.get(random.nextInt(made.size()));
  }

  /** Has an object hold any of those made, whichever came first. */
  @SuppressWarnings("unchecked") // all generated collections hold anything
  private void relink(Object object) {
    if (object instanceof Cell cell) {
      cell.right = anyMade();
      if (anyMade() instanceof Cell next) {
        cell.next = next;
      }
    } else if (object instanceof ArrayList<?> && object.getClass() == ArrayList.class) {
      ((List<Object>) object).add(anyMade());
    } else if (object instanceof HashMap<?, ?> && chance(2)) {
      ((Map<Object, Object>) object).put("again", anyMade());
    } else if (object instanceof Object[] array && array.getClass() == Object[].class) {
      array[0] = anyMade();
    } else if (object instanceof Hooked hooked) {
      hooked.held = anyMade();
    }
  }
}
