package dev.larder.disk.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.Health;
import dev.larder.Larder;
import dev.larder.testkit.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file opened through the public API at the moment its last process ended, all caches of it. */
final class Inspection implements AutoCloseable {
  private final VirtualClock clock;
  private final Larder larder;
  private final Map<Subject<?, ?>, Cache<?, ?>> caches = new LinkedHashMap<>();

  Inspection(Path file, long wall, Map<String, String> options) {
    clock = new VirtualClock(Instant.ofEpochMilli(wall));
    larder = Larder.builder().clock(clock).open();
    try {
      for (var subject : Subject.ALL) {
        caches.put(subject, subject.open(larder, file, options));
      }
    } catch (RuntimeException e) {
      larder.close();
      throw e;
    }
  }

  @SuppressWarnings("unchecked") // put there by its subject
  <K, V> Cache<K, V> of(Subject<K, V> subject) {
    return (Cache<K, V>) caches.get(subject);
  }

  Health health() {
    return larder.health();
  }

  /** What every key of the load holds, absent ones left out. */
  Map<Integer, Long> found() {
    var found = new HashMap<Integer, Long>();
    for (var subject : Subject.ALL) {
      for (int thread = 0; thread < Acknowledgements.THREADS; thread++) {
        for (int i = 0; i < Hand.KEYS; i++) {
          look(subject, thread * Hand.SPAN + i, found);
        }
      }
    }
    return found;
  }

  private <K, V> void look(Subject<K, V> subject, int number, Map<Integer, Long> found) {
    var sequence = subject.sequence(of(subject), number);
    if (sequence != 0) {
      found.put(Hand.id(subject, number), sequence);
    }
  }

  /** Nothing was set aside or given up. */
  void assertWell() {
    var health = health();
    assertEquals(Health.Status.HEALTHY, health.status(), () -> "" + health);
  }

  /** The counters tell what is there. */
  void assertCounted(Map<Integer, Long> found) {
    for (var subject : Subject.ALL) {
      var cache = of(subject);
      cache.control().purge();
      var there =
          found.keySet().stream()
              .filter(number -> number / Hand.SUBJECT == subject.place())
              .count();
      var iterated = iterate(subject);
      assertEquals(there, iterated, () -> "by iteration, of " + subject.name);
      assertEquals(iterated, cache.size(), () -> "counted, of " + subject.name);
    }
  }

  /** Iterates over all caches; every entry must be what its key says. */
  void iterateAll() {
    Subject.ALL.forEach(this::iterate);
  }

  private <K, V> long iterate(Subject<K, V> subject) {
    return subject.iterate(of(subject));
  }

  /** It can be worked with: every verb on every cache, and what expires goes. */
  void assertWorks() {
    for (var subject : Subject.ALL) {
      work(subject);
    }
    // A process that was killed may have put without evicting yet; the next write makes up for it.
    assertTrue(of(Subject.SMALL).size() <= 60, () -> "" + of(Subject.SMALL).size());
    clock.advance(Duration.ofHours(1));
    var expiring = of(Subject.EXPIRING);
    expiring.put("brief", "value", Duration.ofMillis(10));
    clock.advance(Duration.ofMillis(11));
    assertEquals(null, expiring.get("brief"));
  }

  private <K, V> void work(Subject<K, V> subject) {
    var cache = of(subject);
    int number = 999;
    var key = subject.key(number);
    cache.put(key, subject.value(number, 1));
    assertEquals(1, subject.sequence(cache, number));
    cache.update(
        key,
        entry -> {
          entry.set(subject.value(number, 2));
          return null;
        });
    assertEquals(2, subject.sequence(cache, number));
    cache.batch(batch -> batch.put(key, subject.value(number, 3)));
    assertEquals(3, subject.sequence(cache, number));
    assertTrue(cache.remove(key));
    assertEquals(0, subject.sequence(cache, number));
  }

  @Override
  public void close() {
    larder.close();
  }
}
