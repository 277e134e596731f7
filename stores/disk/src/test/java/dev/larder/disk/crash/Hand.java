package dev.larder.disk.crash;

import dev.larder.Batch;
import dev.larder.Cache;
import dev.larder.disk.crash.Acknowledgements.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread of the load. Its keys are its own, so it knows what each holds, and checks that while
 * it works; the counters it shares with the others.
 */
final class Hand {
  static final int KEYS = 40;
  static final int GROUPS = 8;
  static final int COUNTERS = 4;
  static final int SPAN = 1_000;
  static final int SUBJECT = 1_000_000;

  private final int thread;
  private final Random random;
  private final Load load;
  private final Acknowledgements log;

  /** The last sequence by number, 0 for absent. */
  private final Map<Integer, Long> last = new HashMap<>();

  private long sequence;

  Hand(int thread, long seed, Load load, Acknowledgements log) {
    this.thread = thread;
    this.random = new Random(seed * Acknowledgements.THREADS + thread);
    this.load = load;
    this.log = log;
  }

  void work() {
    while (!load.stopping()) {
      if (log.full(thread)) {
        LockSupport.parkNanos(1_000_000);
      } else {
        step();
      }
    }
  }

  private void step() {
    var choice = random.nextInt(100);
    if (choice < 25) {
      write(Subject.PLAIN);
    } else if (choice < 45) {
      expire();
    } else if (choice < 60) {
      write(Subject.NUMBERS);
    } else if (choice < 75) {
      batch();
    } else if (choice < 85) {
      write(Subject.SMALL);
    } else if (choice < 95) {
      count();
    } else if (thread == 0) {
      clearing();
    }
  }

  /** Notes what is there, and goes on from its largest sequence. */
  void look() {
    for (var subject : Subject.ALL) {
      if (subject != Subject.COUNTERS) {
        for (int i = 0; i < KEYS; i++) {
          look(subject, thread * SPAN + i);
        }
      }
    }
    for (int i = 0; i < COUNTERS && thread == 0; i++) {
      look(Subject.COUNTERS, i);
    }
    sequence = (sequence / SUBJECT + 1) * SUBJECT;
  }

  private <K, V> void look(Subject<K, V> subject, int number) {
    var found = subject.sequence(load.of(subject), number);
    last.put(id(subject, number), found);
    log.end(log.begin(thread, id(subject, number), Kind.SEEN, 0, found, 0));
    if (subject != Subject.COUNTERS) {
      sequence = Math.max(sequence, found);
    }
  }

  static int id(Subject<?, ?> subject, int number) {
    return subject.place() * SUBJECT + number;
  }

  private int any(int keys) {
    return thread * SPAN + random.nextInt(keys);
  }

  private <K, V> void write(Subject<K, V> subject) {
    var cache = load.of(subject);
    var number = any(KEYS);
    switch (random.nextInt(6)) {
      case 0 -> check(subject, cache, number);
      case 1 -> remove(subject, cache, number);
      case 2, 3 -> update(subject, cache, number);
      default -> put(subject, cache, number);
    }
  }

  private <K, V> void put(Subject<K, V> subject, Cache<K, V> cache, int number) {
    var record = begin(subject, number, Kind.PUT, ++sequence, 0);
    cache.put(subject.key(number), subject.value(number, sequence));
    end(record, subject, number, sequence);
  }

  private <K, V> void remove(Subject<K, V> subject, Cache<K, V> cache, int number) {
    var record = begin(subject, number, Kind.REMOVE, 0, 0);
    var there = cache.remove(subject.key(number));
    var was = last.get(id(subject, number));
    if (subject != Subject.SMALL && there != (was != 0)) {
      throw new AssertionError(subject.name + number + ": removed " + there + ", had " + was);
    }
    end(record, subject, number, 0);
  }

  private <K, V> void update(Subject<K, V> subject, Cache<K, V> cache, int number) {
    var next = ++sequence;
    var record = begin(subject, number, Kind.PUT, next, 0);
    cache.update(
        subject.key(number),
        entry -> {
          var value = entry.value();
          agree(subject, number, value == null ? 0 : subject.sequence(number, value), false);
          entry.set(subject.value(number, next));
          return null;
        });
    end(record, subject, number, next);
  }

  private <K, V> void check(Subject<K, V> subject, Cache<K, V> cache, int number) {
    agree(subject, number, subject.sequence(cache, number), false);
  }

  private void agree(Subject<?, ?> subject, int number, long found, boolean mayBeGone) {
    var expected = last.getOrDefault(id(subject, number), 0L);
    var gone = found == 0 && (mayBeGone || subject == Subject.SMALL);
    if (found != expected && !gone) {
      throw new AssertionError(
          subject.name + " " + number + " holds " + found + " after a write of " + expected);
    }
  }

  private void expire() {
    var cache = load.of(Subject.EXPIRING);
    var number = any(KEYS);
    agree(Subject.EXPIRING, number, Subject.EXPIRING.sequence(cache, number), true);
    if (random.nextInt(6) == 0) {
      var record = begin(Subject.EXPIRING, number, Kind.REMOVE, 0, 0);
      cache.remove(Subject.EXPIRING.key(number));
      end(record, Subject.EXPIRING, number, 0);
      return;
    }
    var life = random.nextInt(4) == 0 ? 0 : 20 + random.nextInt(1_500);
    var record = begin(Subject.EXPIRING, number, Kind.PUT, ++sequence, life);
    var value = Subject.EXPIRING.value(number, sequence);
    if (life == 0) {
      cache.put(Subject.EXPIRING.key(number), value);
    } else {
      cache.put(Subject.EXPIRING.key(number), value, Duration.ofMillis(life));
    }
    end(record, Subject.EXPIRING, number, sequence);
  }

  private void batch() {
    var cache = load.of(Subject.GROUPS);
    var first = thread * SPAN + random.nextInt(GROUPS) * Subject.GROUP;
    var mask = random.nextInt(1 << Subject.GROUP);
    var record = log.begin(thread, id(Subject.GROUPS, first), Kind.BATCH, mask, ++sequence, 0);
    if (mask == (1 << Subject.GROUP) - 1) {
      var all = new HashMap<String, byte[]>();
      for (int i = 0; i < Subject.GROUP; i++) {
        all.put(Subject.GROUPS.key(first + i), Subject.GROUPS.value(first + i, sequence));
      }
      cache.putAll(all);
    } else {
      cache.batch(batch -> fill(batch, first, mask));
    }
    log.end(record);
    for (int i = 0; i < Subject.GROUP; i++) {
      last.put(id(Subject.GROUPS, first + i), (mask >> i & 1) == 1 ? sequence : 0);
      check(Subject.GROUPS, cache, first + i);
    }
  }

  private void fill(Batch<String, byte[]> batch, int first, int mask) {
    for (int i = 0; i < Subject.GROUP; i++) {
      var key = Subject.GROUPS.key(first + i);
      if ((mask >> i & 1) == 1) {
        batch.put(key, Subject.GROUPS.value(first + i, sequence));
      } else {
        batch.remove(key);
      }
    }
  }

  private void count() {
    var number = random.nextInt(COUNTERS);
    var record = log.begin(thread, id(Subject.COUNTERS, number), Kind.COUNT, 0, 0, 0);
    long count =
        load.of(Subject.COUNTERS)
            .update(
                (long) number,
                entry -> {
                  var value = entry.value();
                  var next = value == null ? 1 : Subject.COUNTERS.sequence(number, value) + 1;
                  entry.set(Subject.COUNTERS.value(number, next));
                  return next;
                });
    log.end(record, count);
  }

  private void clearing() {
    var cache = load.of(Subject.CLEARED);
    if (random.nextInt(20) > 0) {
      write(Subject.CLEARED);
      return;
    }
    var record = log.begin(thread, id(Subject.CLEARED, 0), Kind.CLEAR, 0, 0, 0);
    cache.clear();
    log.end(record);
    for (int i = 0; i < KEYS; i++) {
      last.put(id(Subject.CLEARED, i), 0L);
    }
  }

  private int begin(Subject<?, ?> subject, int number, Kind kind, long next, long life) {
    return log.begin(thread, id(subject, number), kind, 0, next, life);
  }

  private void end(int record, Subject<?, ?> subject, int number, long now) {
    log.end(record);
    last.put(id(subject, number), now);
  }
}
