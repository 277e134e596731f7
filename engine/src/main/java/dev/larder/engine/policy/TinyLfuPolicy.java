package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy.Element;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/*
 *   new entry --> WINDOW --the oldest--> candidate, in PROBATION --read--> PROTECTED
 *                                             |                                |
 *                          the more frequent of the two stays,                 | more than its share
 *                          the other one leaves                                v
 *                                             |
 *                                   oldest of PROBATION <-----------------------
 *
 * Three lists by time of use. What falls out of the window must have been seen more often lately than
 * the entry that would leave for it. A hill climber moves the border between window and protected;
 * probation keeps its share.
 *
 * Shares are taken of what is held, not of the capacity the store tells, as in S3-FIFO. The newcomer,
 * which every policy of this package spares, counts as part of the window, but of nothing else: what
 * is held without it is as much as the cache may hold when a victim is asked for. One that is larger
 * than the window becomes a candidate straight away, instead of emptying the window.
 *
 * When a newcomer is heavy, several must leave for it; then what else fell out of the window are the
 * next candidates, and after them the oldest of the window is.
 */
/**
 * W-TinyLFU (Einziger, Friedman, Manes: "TinyLFU: A highly efficient cache admission policy", ACM
 * ToS 2017) with the adaptive window of "Adaptive software cache management" (Middleware 2018).
 * Records every read exactly, which readers pay for. O(1) amortized: after ten reads for each entry
 * one call ages all counters, a microsecond for each thousand entries. 21 to 29 bytes per entry, 4
 * more with weights.
 *
 * @param <E> the entries
 */
final class TinyLfuPolicy<E extends Element> extends RecordingPolicy<E> {
  static final int WINDOW = HEAD;
  static final int PROBATION = 1;
  static final int PROTECTED = 2;

  static final double FIRST_WINDOW = 0.01;

  /** What window and protected have together; a fifth of the rest is for probation. */
  static final double CLIMBABLE = FIRST_WINDOW + 0.8 * (1 - FIRST_WINDOW);

  /** How many entries one call moves from list to list at most; the next call goes on. */
  static final int MOVES = 1_000;

  /**
   * A newcomer that was seen this often is admitted now and then whatever the other's frequency.
   */
  private static final int WARM = 6;

  private static final int MERCY = 128;

  private final FrequencySketch sketch = new FrequencySketch();
  private final HillClimber climber = new HillClimber();
  private final SlotWeights slotWeights = new SlotWeights();
  private final long[] weights = new long[3];
  private byte[] listOf = {};
  private double windowShare = FIRST_WINDOW;

  /** The weight that the window has yet to take over from the others since it grew. */
  private long owed;

  /** The next in probation to be compared. */
  private int candidate = Slots.NONE;

  private boolean wasFull;
  private int refusals;

  TinyLfuPolicy(long capacity) {
    super(3, capacity);
  }

  @Override
  void arrived(E entry) {
    count(entry, false);
  }

  @Override
  void insert(E entry) {
    candidate = Slots.NONE;
    int slot = slots.take(entry);
    slotWeights.set(slot, entry.weight(), slots.length());
    if (listOf.length < slots.length()) {
      listOf = Arrays.copyOf(listOf, slots.length());
    }
    attach(slot, WINDOW);
    if (slotWeights.of(slot) > windowLimit()) {
      move(slot, PROBATION);
      candidate = slot;
    }
    drainWindow(0);
  }

  @Override
  public void accessed(E entry) {
    if (isNewcomer(entry)) {
      settle();
    }
    int slot = slots.of(entry);
    if (slot != Slots.NONE) {
      count(entry, true);
      use(slot);
    }
  }

  @Override
  public void updated(E entry, int weightBefore) {
    int slot = slots.of(entry);
    if (slot != Slots.NONE) {
      int list = listOf[slot];
      weights[list] += entry.weight() - slotWeights.of(slot);
      slotWeights.set(slot, entry.weight(), slots.length());
    }
    super.updated(entry, weightBefore);
  }

  @Override
  void remove(E entry) {
    int slot = slots.of(entry);
    detach(slot);
    slots.free(slot);
  }

  @Override
  void walk(Consumer<? super E> visitor) {
    walkBack(PROBATION, visitor);
    walkBack(PROTECTED, visitor);
    walkBack(WINDOW, visitor);
  }

  @Override
  @Nullable E pick(Predicate<? super E> mayLeave) {
    wasFull = true;
    var newcomer = newcomer();
    int coming = newcomer == null || newcomer.weight() > windowLimit() ? 0 : newcomer.weight();
    trimProtected();
    fillWindow(coming);
    drainWindow(coming);
    int one = candidate != Slots.NONE ? candidate : oldest(WINDOW);
    int other = oldest(PROBATION, PROTECTED, WINDOW);
    boolean admitted = one != other && one != Slots.NONE && admits(one, other);
    if (candidate == one && admitted) {
      candidate = newer(one);
    }
    var victim = leave(admitted ? other : one, mayLeave);
    victim = victim != null ? victim : leave(admitted ? one : other, mayLeave);
    return victim != null ? victim : leaveAny(mayLeave);
  }

  private @Nullable E leave(int slot, Predicate<? super E> mayLeave) {
    var entry = slots.entry(slot);
    if (entry == null || !mayLeave.test(entry)) {
      return null;
    }
    remove(entry);
    return entry;
  }

  private @Nullable E leaveAny(Predicate<? super E> mayLeave) {
    for (int list : new int[] {PROBATION, PROTECTED, WINDOW}) {
      for (int slot = slots.previous(list); slot != list; slot = slots.previous(slot)) {
        var entry = leave(slot, mayLeave);
        if (entry != null) {
          return entry;
        }
      }
    }
    return null;
  }

  private boolean admits(int one, int other) {
    int frequency = frequency(one);
    if (frequency > frequency(other)) {
      return true;
    }
    // Or keys made up to share the counters of a popular one would keep a victim for ever.
    return frequency >= WARM && ++refusals % MERCY == 0;
  }

  private int frequency(int slot) {
    var entry = slots.entry(slot);
    return entry == null ? 0 : sketch.frequency(entry.hash());
  }

  private void count(E entry, boolean hit) {
    int held = slots.size() + 1;
    sketch.expect(held);
    sketch.count(entry.hash());
    // Before the cache was full once there is nothing to learn.
    double change = wasFull ? climber.count(hit, held) : 0;
    if (change != 0) {
      double before = windowShare;
      windowShare = Math.min(CLIMBABLE, Math.max(0, before + change));
      owed = Math.max(0, (long) ((windowShare - before) * held()));
    }
  }

  private void use(int slot) {
    int list = listOf[slot];
    boolean promoted = list == PROBATION && slotWeights.of(slot) <= protectedLimit();
    move(slot, promoted ? PROTECTED : list);
    trimProtected();
  }

  private void trimProtected() {
    for (int moves = 0; moves < MOVES && weights[PROTECTED] > protectedLimit(); moves++) {
      move(slots.previous(PROTECTED), PROBATION);
    }
  }

  /** Takes over what the window got more of, the oldest first. */
  private void fillWindow(int coming) {
    for (int moves = 0; moves < MOVES && owed > 0; moves++) {
      int slot = oldest(PROBATION, PROTECTED);
      if (slot == Slots.NONE || weights[WINDOW] + coming + slotWeights.of(slot) > windowLimit()) {
        owed = 0;
        return;
      }
      owed -= slotWeights.of(slot);
      move(slot, WINDOW);
    }
  }

  private void drainWindow(int coming) {
    for (int moves = 0; moves < MOVES && weights[WINDOW] + coming > windowLimit(); moves++) {
      int slot = oldest(WINDOW);
      if (slot == Slots.NONE) {
        return;
      }
      move(slot, PROBATION);
      candidate = candidate == Slots.NONE ? slot : candidate;
    }
  }

  private long held() {
    return weights[WINDOW] + weights[PROBATION] + weights[PROTECTED];
  }

  private long windowLimit() {
    return Math.max(1, held() - (long) ((1 - windowShare) * held()));
  }

  private long protectedLimit() {
    return (long) ((CLIMBABLE - windowShare) * held());
  }

  /** The entry at the back of the first of the lists that is not empty. */
  private int oldest(int... lists) {
    for (int list : lists) {
      if (slots.previous(list) != list) {
        return slots.previous(list);
      }
    }
    return Slots.NONE;
  }

  private int newer(int slot) {
    return slots.previous(slot) == PROBATION ? Slots.NONE : slots.previous(slot);
  }

  private void move(int slot, int list) {
    detach(slot);
    attach(slot, list);
  }

  private void attach(int slot, int list) {
    listOf[slot] = (byte) list;
    weights[list] += slotWeights.of(slot);
    slots.linkAfter(slot, list);
  }

  private void detach(int slot) {
    if (slot == candidate) {
      candidate = newer(slot);
    }
    weights[listOf[slot]] -= slotWeights.of(slot);
    slots.unlink(slot);
  }
}
