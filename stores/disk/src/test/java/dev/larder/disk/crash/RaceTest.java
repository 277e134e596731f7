package dev.larder.disk.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.testkit.Actor;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Eight threads on few keys of a cache on disk whose memory holds hardly any of them, so that
 * copies come and go all the time. Forbidden: any read older than a write that had ended before it
 * began or than what another read had shown. {@code larder.soak.operations} sets how much each
 * thread does, {@code larder.soak.seed} the seed.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class RaceTest {
  private static final int OPERATIONS = Integer.getInteger("larder.soak.operations", 12_000);
  private static final long SEED = Long.getLong("larder.soak.seed", 20_261_121);
  private static final int THREADS = 8;
  private static final int KEYS = 24;
  private static final int ROOM_IN_MEMORY = 4;
  private static final int ROOM_ON_DISK = 16;

  @TempDir private Path folder;
  private final Larder larder = Larder.builder().open();

  @AfterEach
  void close() {
    larder.close();
  }

  private Cache<Integer, Long> cache(
      String durability, UnaryOperator<CacheSpec.Builder<Integer, Long>> setting) {
    var spec =
        CacheSpec.<Integer, Long>of("races", Integer.class, Long.class)
            .topology("disk")
            .option("disk.path", folder.resolve("races.db").toString())
            .option("disk.durability", durability)
            .option("disk.interval", "5ms")
            .option("memory.maximum-entries", "" + ROOM_IN_MEMORY)
            .unbounded();
    return larder.create(setting.apply(spec).build());
  }

  private void seeded(String what, Actor.Part part) {
    try {
      Actor.together(THREADS, part);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("-Dlarder.soak.seed=" + SEED + ", " + what, e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "interval"})
  void noReadIsOlderThanAWriteThatEndedBefore(String durability) {
    var play = new Play(cache(durability, spec -> spec), false, true);
    seeded(durability, play::work);
    play.assertSettled();
  }

  @Test
  void noReadIsOlderThanAWriteThatIsOnDisk() {
    var play = new Play(cache("each-write", spec -> spec), false, false);
    play.operations = Math.max(1, OPERATIONS / 20);
    seeded("each-write", play::work);
    play.assertSettled();
  }

  @Test
  void whatWasEvictedFromDiskIsGoneFromMemoryToo() {
    var cache = cache("interval", spec -> spec.maximumEntries(ROOM_ON_DISK));
    var play = new Play(cache, true, false);
    seeded("evicting", play::work);
    cache.control().purge();
    assertTrue(cache.size() <= ROOM_ON_DISK, () -> "" + cache.size());
    assertTrue(cache.control().stats().evictions() > 0);
  }

  @Test
  void countsByUpdateAreExactAndNeverGoBack() {
    var cache = cache("interval", spec -> spec);
    int counters = 3;
    seeded(
        "counting",
        number -> {
          var random = new Random(SEED * THREADS + number);
          var last = new long[counters];
          for (int i = 0; i < OPERATIONS / 2; i++) {
            var counter = random.nextInt(counters);
            long count = random.nextBoolean() ? counted(cache, counter) : read(cache, counter);
            assertTrue(count >= last[counter], () -> counter + " went back to " + count);
            last[counter] = count;
          }
        });
    long expected =
        IntStream.range(0, THREADS)
            .mapToLong(
                number -> {
                  var random = new Random(SEED * THREADS + number);
                  return IntStream.range(0, OPERATIONS / 2)
                      .filter(
                          i -> {
                            random.nextInt(counters);
                            return random.nextBoolean();
                          })
                      .count();
                })
            .sum();
    long sum = IntStream.range(0, counters).mapToLong(counter -> read(cache, counter)).sum();
    assertEquals(expected, sum);
  }

  private static long counted(Cache<Integer, Long> cache, int counter) {
    return cache.update(
        counter,
        entry -> {
          var value = entry.value();
          var next = value == null ? 1 : value + 1;
          entry.set(next);
          return next;
        });
  }

  private static long read(Cache<Integer, Long> cache, int counter) {
    var value = cache.get(counter);
    return value == null ? 0 : value;
  }

  /** A fill that read the disk before a write must not put its copy in memory after it. */
  @Test
  void aCopyFilledWhileItsEntryIsWrittenIsNotStale() {
    var cache = cache("interval", spec -> spec);
    var done = new AtomicBoolean();
    Callable<Boolean> readers =
        () -> {
          var random = new Random(SEED);
          while (!done.get()) {
            cache.get(random.nextInt(KEYS));
          }
          return true;
        };
    var reading = List.of(Actor.start("reader-0", readers), Actor.start("reader-1", readers));
    try {
      for (long write = 1; write <= OPERATIONS; write++) {
        int key = (int) (write * 7 % KEYS);
        cache.put(key, write);
        assertEquals(write, cache.get(key));
        if (write % 3 == 0) {
          assertTrue(cache.remove(key));
          assertEquals(null, cache.get(key));
        }
      }
    } finally {
      done.set(true);
    }
    reading.forEach(Actor::result);
  }

  /** Each thread writes the keys that are its own, and reads all. */
  private static final class Play {
    private final Cache<Integer, Long> cache;
    private final boolean loads;
    private final List<Register> registers;
    private int operations = OPERATIONS;

    Play(Cache<Integer, Long> cache, boolean evicts, boolean loads) {
      this.cache = cache;
      this.loads = loads;
      this.registers = IntStream.range(0, KEYS).mapToObj(key -> new Register(key, evicts)).toList();
    }

    void work(int thread) {
      var random = new Random(SEED * THREADS + thread);
      for (int i = 0; i < operations; i++) {
        switch (random.nextInt(16)) {
          case 0, 1, 2, 3, 4 -> write(own(thread, random), random);
          case 5 -> batch(thread);
          case 6 -> getAll(random);
          case 7 -> getLoading(random);
          default -> get(random.nextInt(KEYS));
        }
      }
    }

    private static int own(int thread, Random random) {
      return thread + THREADS * random.nextInt(KEYS / THREADS);
    }

    private void write(int key, Random random) {
      var register = registers.get(key);
      var write = register.begin();
      if (register.removes(write)) {
        cache.remove(key);
      } else if (random.nextBoolean()) {
        cache.put(key, write);
      } else {
        cache.update(
            key,
            entry -> {
              entry.set(write);
              return null;
            });
      }
      register.end(write);
    }

    private void batch(int thread) {
      var writes = new long[KEYS];
      for (int key = thread; key < KEYS; key += THREADS) {
        writes[key] = registers.get(key).begin();
      }
      cache.batch(
          batch -> {
            for (int key = thread; key < KEYS; key += THREADS) {
              if (registers.get(key).removes(writes[key])) {
                batch.remove(key);
              } else {
                batch.put(key, writes[key]);
              }
            }
          });
      for (int key = thread; key < KEYS; key += THREADS) {
        registers.get(key).end(writes[key]);
      }
    }

    private void get(int key) {
      var register = registers.get(key);
      var read = register.read();
      var found = cache.get(key);
      register.check(read, found == null ? 0 : found);
    }

    private void getAll(Random random) {
      var keys = List.of(random.nextInt(KEYS), random.nextInt(KEYS));
      var reads = keys.stream().map(key -> registers.get(key).read()).toList();
      var found = cache.getAll(keys);
      for (int i = 0; i < keys.size(); i++) {
        registers.get(keys.get(i)).check(reads.get(i), found.getOrDefault(keys.get(i), 0L));
      }
    }

    /** What is loaded is the last write that had begun, so that a late fill is seen to be old. */
    private void getLoading(Random random) {
      int key = random.nextInt(KEYS);
      if (loads && registers.get(key).lastBegun() > 0) {
        cache.get(key, any -> registers.get(key).lastBegun());
      } else {
        get(key);
      }
    }

    /** Every key holds the last write, or what was loaded after it. */
    void assertSettled() {
      for (int key = 0; key < KEYS; key++) {
        get(key);
      }
    }
  }
}
