package dev.larder.engine;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A program that fills a cache bounded by bytes far past its bound and prints how much of the heap
 * it keeps. In a process of its own, since the heap is shared.
 */
final class ByteBudget {
  static final long BUDGET = 48L << 20;
  private static final int COLLECTIONS = 4;
  private static final long SEED = 20261121;

  private ByteBudget() {}

  record Address(String street, int number, @Nullable String more) {}

  /** As most classes of users are: everything private. */
  @SuppressWarnings("UnusedVariable") // held, not read
  static final class Customer {
    private final long id;
    private final String name;
    private final Address address;
    private final List<String> notes;
    private final byte[] picture;
    private final LocalDate born;

    Customer(long id, String name, Address address, List<String> notes, byte[] picture) {
      this.id = id;
      this.name = name;
      this.address = address;
      this.notes = notes;
      this.picture = picture;
      this.born = LocalDate.ofEpochDay(id % 20_000);
    }
  }

  /** What a cache is filled with. */
  enum Mix {
    ARRAYS,
    STRINGS,
    BOXED,
    COLLECTIONS,
    OBJECTS,
    STRANGE,
    ALL;

    Object value(Random random) {
      return switch (this) {
        case ARRAYS ->
            random.nextInt(5) == 0 ? new long[random.nextInt(300)] : bytes(random, 2_000);
        case STRINGS -> text(random, 300);
        case BOXED -> random.nextBoolean() ? (Object) random.nextLong() : random.nextDouble();
        case COLLECTIONS -> collection(random);
        case OBJECTS -> customer(random);
        case STRANGE -> strange(random);
        case ALL -> anything(random);
      };
    }
  }

  private static byte[] bytes(Random random, int longest) {
    return new byte[random.nextInt(longest)];
  }

  private static String text(Random random, int longest) {
    var wide = random.nextInt(3) == 0;
    var chars = new char[random.nextInt(longest)];
    for (int each = 0; each < chars.length; each++) {
      chars[each] = (char) ((wide ? 0x400 : ' ') + random.nextInt(64));
    }
    return new String(chars);
  }

  private static Address address(Random random) {
    return new Address(
        text(random, 40), random.nextInt(), random.nextBoolean() ? null : text(random, 20));
  }

  private static Object customer(Random random) {
    var notes = new ArrayList<String>();
    for (int left = random.nextInt(8); left > 0; left--) {
      notes.add(text(random, 100));
    }
    return new Customer(
        random.nextLong() >>> 1, text(random, 60), address(random), notes, bytes(random, 1_000));
  }

  private static Object collection(Random random) {
    int size = random.nextInt(30);
    return switch (random.nextInt(5)) {
      case 0 -> filled(size, new HashMap<String, Object>(), () -> text(random, 20), random);
      case 1 -> filled(size, new TreeMap<Long, Object>(), random::nextLong, random);
      case 2 -> new ArrayList<>(filled(size, new HashMap<>(), random::nextLong, random).values());
      case 3 -> new HashSet<>(filled(size, new HashMap<>(), random::nextInt, random).keySet());
      default -> List.of(address(random), text(random, 50), random.nextLong());
    };
  }

  private static <K> Map<K, Object> filled(
      int size, Map<K, Object> map, Supplier<K> keys, Random random) {
    for (int left = size; left > 0; left--) {
      map.put(keys.get(), bytes(random, 60));
    }
    return map;
  }

  private static Object strange(Random random) {
    var captured = bytes(random, 500);
    return switch (random.nextInt(6)) {
      case 0 -> (Supplier<byte[]>) () -> captured;
      case 1 -> proxy(captured);
      case 2 -> cycle(random);
      case 3 -> captured.getClass();
      case 4 -> ByteBuffer.allocate(captured.length);
      default -> Optional.of(new AtomicReference<>(captured));
    };
  }

  private static Object proxy(byte[] captured) {
    return Proxy.newProxyInstance(
        ByteBudget.class.getClassLoader(),
        new Class<?>[] {Runnable.class},
        (proxy, method, arguments) -> captured.length);
  }

  private static Object cycle(Random random) {
    var one = new Object[] {bytes(random, 100), null, text(random, 100)};
    one[1] = new ArrayList<>(List.of(one, one));
    return one;
  }

  private static Object anything(Random random) {
    return switch (random.nextInt(50) == 0 ? 10 : random.nextInt(10)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextInt();
      case 2, 3 -> text(random, 300);
      case 4 -> bytes(random, 1_000);
      case 5 -> new UUID(random.nextLong(), random.nextLong());
      case 6 -> BigDecimal.valueOf(random.nextLong(), 3);
      case 7 -> Instant.ofEpochSecond(random.nextInt());
      case 8 -> collection(random);
      case 9 -> customer(random);
      default -> strange(random);
    };
  }

  /** Argument: the mix. Prints the bytes of the heap that the full cache keeps. */
  public static void main(String... arguments) {
    var values = Mix.valueOf(arguments[0]);
    var random = new Random(SEED);
    try (var larder = Larder.open()) {
      fill(larder.create(spec("warm")), values, 1_000, random);
      larder.destroy("warm");
      var before = heapUsed();
      var cache = larder.create(spec("budget"));
      var puts = 0;
      do {
        fill(cache, values, 1_000, random);
        puts += 1_000;
      } while (cache.control().stats().evictions() < cache.size());
      var bytes = heapUsed() - before;
      System.out.println(
          "kept "
              + bytes
              + " entries "
              + cache.size()
              + " estimated "
              + cache.control().health().estimatedBytes()
              + " puts "
              + puts);
    }
  }

  private static CacheSpec<Long, Object> spec(String name) {
    return CacheSpec.of(name, Long.class, Object.class).maximumBytes(BUDGET).build();
  }

  private static void fill(Cache<Long, Object> cache, Mix values, int count, Random random) {
    for (int left = count; left > 0; left--) {
      cache.put(random.nextLong(), values.value(random));
    }
  }

  private static long heapUsed() {
    var memory = ManagementFactory.getMemoryMXBean();
    var least = Long.MAX_VALUE;
    for (int left = COLLECTIONS; left > 0; left--) {
      memory.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
