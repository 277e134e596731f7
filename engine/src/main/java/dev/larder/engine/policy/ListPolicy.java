package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy.Element;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A policy that keeps its entries in one or more lists. New ones come in at the front. An entry
 * that may not leave keeps its place.
 *
 * @param <E> the entries
 */
abstract class ListPolicy<E extends Element> extends SparingPolicy<E> {
  /** The head of the first list. */
  static final int HEAD = 0;

  final Slots<E> slots;

  ListPolicy(int lists, long capacity) {
    slots = new Slots<>(lists, capacity);
  }

  @Override
  public void resized(long capacity) {
    slots.expect(capacity);
  }

  @Override
  final boolean holds(E entry) {
    return slots.of(entry) != Slots.NONE;
  }

  @Override
  void insert(E entry) {
    slots.linkAfter(slots.take(entry), HEAD);
  }

  @Override
  void remove(E entry) {
    int slot = slots.of(entry);
    slots.unlink(slot);
    slots.free(slot);
  }

  @Override
  void walk(Consumer<? super E> visitor) {
    walkBack(HEAD, visitor);
  }

  /** Shows the entries of a list from the back to the front. */
  final void walkBack(int head, Consumer<? super E> visitor) {
    for (int slot = slots.previous(head); slot != head; slot = slots.previous(slot)) {
      show(slot, visitor);
    }
  }

  /** Shows the entries of a list from the front to the back. */
  final void walkForward(int head, Consumer<? super E> visitor) {
    for (int slot = slots.next(head); slot != head; slot = slots.next(slot)) {
      show(slot, visitor);
    }
  }

  final void show(int slot, Consumer<? super E> visitor) {
    var entry = slots.entry(slot);
    if (entry != null) {
      visitor.accept(entry);
    }
  }

  /**
   * Moves the entry to the front of the first list, if it is held; any newcomer goes there first.
   */
  final void renew(E entry) {
    settle();
    int slot = slots.of(entry);
    if (slot != Slots.NONE) {
      slots.unlink(slot);
      slots.linkAfter(slot, HEAD);
    }
  }

  /** Takes out the first entry that may leave, from the back of the first list. */
  final @Nullable E pickFromBack(Predicate<? super E> mayLeave) {
    for (int slot = slots.previous(HEAD); slot != HEAD; slot = slots.previous(slot)) {
      var entry = slots.entry(slot);
      if (entry != null && mayLeave.test(entry)) {
        remove(entry);
        return entry;
      }
    }
    return null;
  }

  /** Takes out the first entry that may leave, from the front of the first list. */
  final @Nullable E pickFromFront(Predicate<? super E> mayLeave) {
    for (int slot = slots.next(HEAD); slot != HEAD; slot = slots.next(slot)) {
      var entry = slots.entry(slot);
      if (entry != null && mayLeave.test(entry)) {
        remove(entry);
        return entry;
      }
    }
    return null;
  }
}
