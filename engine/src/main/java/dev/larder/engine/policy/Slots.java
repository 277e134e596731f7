package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy.Element;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * Why not a linked list of node objects, or links inside the entries: node objects cost 24 bytes and
 * a pointer chase each, and links inside entries would be paid by caches whose policy needs none.
 * Three parallel arrays cost 12 bytes per slot (with compressed references), and moving an entry
 * writes ints only, so it costs no garbage collector barrier.
 *
 *   slot     0 .. lists-1      heads: the ends of circular lists, empty at first
 *   slot     lists ..          an entry, a marker (a list node without an entry) or free
 *
 * Slot 0 is always a head, so 0 is free to mean "none", which is also what Element.index() says of
 * an entry that no policy holds. Free slots are chained through `next`. The arrays never shrink.
 */
/**
 * Circular doubly linked lists over int slots of shared arrays. An entry knows its slot by {@link
 * Element#index}. Every method is O(1), {@link #take} amortized.
 *
 * @param <E> the entries
 */
final class Slots<E extends Element> {
  /** No slot. */
  static final int NONE = 0;

  private static final int INITIAL_LENGTH = 16;
  private static final int MAXIMUM_LENGTH = Integer.MAX_VALUE - 8;

  private @Nullable Object[] entries = new @Nullable Object[INITIAL_LENGTH];
  private int[] next = new int[INITIAL_LENGTH];
  private int[] previous = new int[INITIAL_LENGTH];
  private final int lists;
  private long expected;
  private int untouched;
  private int free = NONE;
  private int size;

  /**
   * No entries in empty lists.
   *
   * @param lists how many lists there are; list n begins and ends at slot n
   * @param expected how many entries are likely to come; a hint against growing too far
   */
  Slots(int lists, long expected) {
    this.lists = lists;
    this.untouched = lists;
    for (int head = 0; head < lists; head++) {
      next[head] = head;
      previous[head] = head;
    }
    expect(expected);
  }

  /** Changes how many entries are likely to come. */
  void expect(long entriesToCome) {
    // Room for the heads and for newcomers that are added before the victim leaves.
    expected = Math.min(MAXIMUM_LENGTH, entriesToCome) + INITIAL_LENGTH;
  }

  /** How many entries have a slot. */
  int size() {
    return size;
  }

  /** How long an array that has a place for every slot must be. */
  int length() {
    return next.length;
  }

  /** The slot of the entry, {@link #NONE} when it has none here. */
  int of(E entry) {
    int slot = entry.index();
    return slot >= lists && slot < next.length && entries[slot] == entry ? slot : NONE;
  }

  /** The entry in the slot; null for a head, a marker and a free slot. */
  @SuppressWarnings("unchecked") // Only E is ever put in.
  @Nullable E entry(int slot) {
    return (E) entries[slot];
  }

  /** Gives the entry a slot, which is in no list yet. */
  int take(E entry) {
    int slot = takeMarker();
    entries[slot] = entry;
    entry.index(slot);
    size++;
    return slot;
  }

  /** Gives out a slot without an entry, which is in no list yet. */
  int takeMarker() {
    if (free != NONE) {
      int slot = free;
      free = next[slot];
      return slot;
    }
    if (untouched == next.length) {
      grow();
    }
    return untouched++;
  }

  /** Takes back a slot that is in no list. */
  void free(int slot) {
    var entry = entry(slot);
    if (entry != null) {
      entry.index(NONE);
      entries[slot] = null;
      size--;
    }
    next[slot] = free;
    free = slot;
  }

  int next(int slot) {
    return next[slot];
  }

  int previous(int slot) {
    return previous[slot];
  }

  /** Puts a slot that is in no list behind another. */
  void linkAfter(int slot, int before) {
    int after = next[before];
    next[before] = slot;
    previous[slot] = before;
    next[slot] = after;
    previous[after] = slot;
  }

  /** Takes a slot out of its list. */
  void unlink(int slot) {
    next[previous[slot]] = next[slot];
    previous[next[slot]] = previous[slot];
  }

  private void grow() {
    int length = (int) Math.min(2L * next.length, MAXIMUM_LENGTH);
    if (expected > next.length && expected < length) {
      length = (int) expected;
    }
    if (length == next.length) {
      throw new OutOfMemoryError("an eviction policy holds at most " + length + " entries");
    }
    entries = Arrays.copyOf(entries, length);
    next = Arrays.copyOf(next, length);
    previous = Arrays.copyOf(previous, length);
  }
}
