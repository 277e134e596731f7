package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy.Element;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/*
 * One list holds everything, the least used next to the head. A marker ends each group of entries
 * that were used equally often, and no group is empty:
 *
 *   HEAD, a, b, [1], c, [2], d, e, f, [7], back to HEAD
 *
 * `group` holds, for an entry, the slot of its marker and, for a marker, the frequency. So the group
 * after a marker is found by asking the entry behind it, an entry that is used moves behind the last
 * one of the next group, and the victim is the first entry. There is no ageing: what was popular
 * long ago stays, as the name promises.
 */
/**
 * Least frequently used: the entry leaves that was read and written the fewest times since it came;
 * among equals the one whose last use is the longest ago. Records every read exactly. O(1) (Shah,
 * Mitra, Matani: "An O(1) algorithm for implementing the LFU cache eviction scheme", 2010); 16
 * bytes per entry.
 *
 * @param <E> the entries
 */
final class LfuPolicy<E extends Element> extends RecordingPolicy<E> {
  private int[] group;

  LfuPolicy(long capacity) {
    super(1, capacity);
    group = new int[slots.length()];
  }

  @Override
  public void accessed(E entry) {
    if (isNewcomer(entry)) {
      settle();
    }
    int slot = slots.of(entry);
    if (slot != Slots.NONE) {
      promote(slot);
    }
  }

  @Override
  void insert(E entry) {
    int slot = slots.take(entry);
    int first = slots.next(HEAD);
    boolean usedOnce = first != HEAD && group[group[first]] == 1;
    join(slot, usedOnce ? group[first] : newGroup(1, HEAD));
  }

  @Override
  void remove(E entry) {
    int slot = slots.of(entry);
    leave(slot);
    slots.free(slot);
  }

  @Override
  void walk(Consumer<? super E> visitor) {
    walkForward(HEAD, visitor);
  }

  @Override
  @Nullable E pick(Predicate<? super E> mayLeave) {
    return pickFromFront(mayLeave);
  }

  private void promote(int slot) {
    int marker = group[slot];
    int frequency = group[marker];
    if (frequency == Integer.MAX_VALUE) {
      slots.unlink(slot);
      join(slot, marker);
      return;
    }
    int behind = slots.next(marker);
    boolean exists = behind != HEAD && group[group[behind]] == frequency + 1;
    int target = exists ? group[behind] : newGroup(frequency + 1, marker);
    leave(slot);
    join(slot, target);
  }

  private int newGroup(int frequency, int before) {
    int marker = slots.takeMarker();
    fit();
    group[marker] = frequency;
    slots.linkAfter(marker, before);
    return marker;
  }

  /** Makes an entry the last one of a group. */
  private void join(int slot, int marker) {
    fit();
    group[slot] = marker;
    slots.linkAfter(slot, slots.previous(marker));
  }

  /** Takes an entry out of its group, and the group away if that was its last. */
  private void leave(int slot) {
    int marker = group[slot];
    slots.unlink(slot);
    if (slots.entry(slots.previous(marker)) == null) {
      slots.unlink(marker);
      slots.free(marker);
    }
  }

  private void fit() {
    if (group.length < slots.length()) {
      group = Arrays.copyOf(group, slots.length());
    }
  }
}
