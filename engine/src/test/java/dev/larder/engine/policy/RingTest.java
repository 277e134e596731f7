package dev.larder.engine.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RingTest {
  private static final int SEEDS = 30;
  private final Segments segments = new Segments();

  @Test
  void aRingIsAQueueWhateverIsRemovedFromTheMiddle() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      new Run(seed).play();
    }
  }

  @Test
  void twoRingsOverTheSameSegmentsDoNotGetInEachOthersWay() {
    var one = new Ring<FakeEntry>(segments);
    var other = new Ring<FakeEntry>(segments);
    for (int id = 0; id < 1_000; id++) {
      one.add(new FakeEntry(id), 1, 0, id);
      var moved = one.oldest();
      if (moved != null && id % 3 == 0) {
        other.add(moved, one.remove(moved), 0, id);
      }
    }

    assertEquals(1_000, one.count() + other.count());
    assertEquals(List.of(0, 1, 2), ids(other).subList(0, 3));
    assertEquals(List.of(334, 335, 336), ids(one).subList(0, 3));
  }

  @Test
  void theAgeOfTheOldestEntryIsKnownUpToTheRangeOfItsStamp() {
    var ring = new Ring<FakeEntry>(segments);
    long step = 65_000;
    for (int id = 0; id < 500; id++) {
      ring.add(new FakeEntry(id), 1, 0, id * step);
    }

    for (int id = 0; id < 500; id++) {
      assertEquals(0xffff, ring.age(id * step + 0xffff));
      var entry = ring.oldest();
      assertEquals(id, entry == null ? -1 : entry.id);
      if (entry != null) {
        ring.remove(entry);
      }
    }
  }

  @Test
  void anAgeThatWasTooLargeToBeKnownLeavesNoErrorBehind() {
    var ring = new Ring<FakeEntry>(segments);
    var first = new FakeEntry(1);
    ring.add(first, 1, 0, 5);
    ring.add(new FakeEntry(2), 1, 0, 10_000_000);
    assertEquals(10_000_000 - 5 & 0xffff, ring.age(10_000_000));

    ring.remove(first);

    assertEquals(7, ring.age(10_000_007));
  }

  @Test
  void aRingOfWhichMostWasRemovedDoesNotKeepItsSegments() {
    var ring = new Ring<FakeEntry>(segments);
    var entries = new ArrayList<FakeEntry>();
    for (int id = 0; id < 100_000; id++) {
      var entry = new FakeEntry(id);
      entries.add(entry);
      ring.add(entry, 1, 0, id);
    }
    var kept = new ArrayList<FakeEntry>();
    for (var entry : entries) {
      if (entry.id % 50 == 0) {
        kept.add(entry);
      } else {
        ring.remove(entry);
      }
    }

    long used = kept.stream().map(e -> e.index() / Segment.LENGTH).distinct().count();
    assertTrue(used <= 2 * kept.size() / (Segment.LENGTH * 3 / 4) + 2, "segments: " + used);
    assertEquals(kept.stream().map(e -> e.id).toList(), ids(ring));
  }

  private static List<Integer> ids(Ring<FakeEntry> ring) {
    var ids = new ArrayList<Integer>();
    ring.forEach(e -> ids.add(e.id));
    return ids;
  }

  /** Random operations on a ring and on a list of what it should hold. */
  private final class Run {
    private final Ring<FakeEntry> ring = new Ring<>(segments);
    private final List<Held> model = new ArrayList<>();
    private final SplittableRandom random;
    private final String label;
    private long time;

    private record Held(FakeEntry entry, int weight, int uses, long time) {}

    Run(long seed) {
      random = new SplittableRandom(seed);
      label = "seed " + seed;
    }

    void play() {
      int most = 1 << random.nextInt(12);
      for (int step = 0; step < 20_000; step++) {
        time += random.nextInt(100);
        boolean growing = model.size() < most && random.nextInt(10) < 6;
        if (model.isEmpty() || growing) {
          add(new FakeEntry(step), random.nextInt(4));
        } else {
          change();
        }
        check();
      }
      while (!model.isEmpty()) {
        remove(0);
        check();
      }
    }

    private void change() {
      int at = random.nextInt(4) == 0 ? random.nextInt(model.size()) : 0;
      var held = model.get(at);
      switch (random.nextInt(3)) {
        case 0 -> {
          remove(at);
          add(held.entry, held.uses + 1 & 3);
        }
        case 1 -> {
          int weight = random.nextInt(100);
          ring.weigh(held.entry, weight);
          model.set(at, new Held(held.entry, weight, held.uses, held.time));
        }
        default -> remove(at);
      }
    }

    private void add(FakeEntry entry, int uses) {
      int weight = random.nextInt(8) == 0 ? random.nextInt(100) : 1;
      ring.add(entry, weight, uses, time);
      model.add(new Held(entry, weight, uses, time));
    }

    private void remove(int at) {
      var held = model.remove(at);
      assertEquals(held.uses, ring.uses(held.entry), label);
      assertEquals(held.weight, ring.remove(held.entry), label);
      assertEquals(0, held.entry.index(), label);
    }

    private void check() {
      assertEquals(model.size(), ring.count(), label);
      assertEquals(model.stream().mapToLong(Held::weight).sum(), ring.weight(), label);
      if (model.isEmpty()) {
        assertNull(ring.oldest(), label);
        return;
      }
      assertSame(model.get(0).entry, ring.oldest(), label);
      assertEquals(time - model.get(0).time & 0xffff, ring.age(time), label);
      if (random.nextInt(100) == 0) {
        assertEquals(model.stream().map(h -> h.entry.id).toList(), ids(ring), label);
      }
    }
  }
}
