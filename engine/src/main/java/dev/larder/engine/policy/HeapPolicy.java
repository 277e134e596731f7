package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy.Element;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/*
 * A binary heap in three parallel arrays; an entry at position p, from 1, has its children at 2p and
 * 2p + 1, and Element.index() is the position. Keys are copied in: an entry may change its own while
 * it is in the heap, under other locks, and a heap whose keys change under it finds nothing again.
 * A change is taken over when the policy is told, or when the entry comes up for eviction; so a key
 * that grew, as a deadline does that every read puts off, need not be told at all.
 */
/**
 * A policy that evicts in the order of a number each entry has, the smallest first, and equals in
 * the order in which they came. O(log n); 20 bytes per entry. An entry that may not leave keeps its
 * place.
 *
 * @param <E> the entries
 */
abstract class HeapPolicy<E extends Element> extends SparingPolicy<E> {
  private static final int TOP = 1;

  private @Nullable Object[] entries = new @Nullable Object[16];
  private long[] keys = new long[16];
  private long[] arrivals = new long[16];
  private int size;
  private long arrived;

  /** An entry that may not leave, while it is out of the heap. */
  private record Refused<E>(E entry, long key, long arrival) {}

  /** What entries are ordered by. */
  abstract long key(E entry);

  @Override
  public final void updated(E entry, int weightBefore) {
    if (holds(entry)) {
      renew(entry.index());
    }
  }

  @Override
  final boolean holds(E entry) {
    int position = entry.index();
    return position >= TOP && position <= size && entries[position] == entry;
  }

  @Override
  final void insert(E entry) {
    insert(entry, key(entry), arrived++);
  }

  @Override
  final void remove(E entry) {
    int position = entry.index();
    entry.index(0);
    int last = size--;
    if (position != last) {
      move(last, position);
    }
    entries[last] = null;
    if (position != last) {
      sink(rise(position));
    }
  }

  @Override
  final @Nullable E pick(Predicate<? super E> mayLeave) {
    var refused = new ArrayList<Refused<E>>(0);
    try {
      while (size > 0) {
        var top = upToDateTop();
        boolean victim = mayLeave.test(top);
        if (!victim) {
          refused.add(new Refused<>(top, keys[TOP], arrivals[TOP]));
        }
        remove(top);
        if (victim) {
          return top;
        }
      }
      return null;
    } finally {
      for (var back : refused) {
        insert(back.entry(), back.key(), back.arrival());
      }
    }
  }

  @Override
  final void walk(Consumer<? super E> visitor) {
    IntStream.rangeClosed(TOP, size)
        .boxed()
        .sorted(Comparator.<Integer>comparingLong(at -> keys[at]).thenComparing(at -> arrivals[at]))
        .forEach(at -> visitor.accept(entry(at)));
  }

  /**
   * As many corrections as there are entries, no more: writers could go on changing keys for ever.
   */
  private E upToDateTop() {
    for (int left = size; left > 0 && key(entry(TOP)) != keys[TOP]; left--) {
      renew(TOP);
    }
    return entry(TOP);
  }

  private void renew(int position) {
    keys[position] = key(entry(position));
    sink(rise(position));
  }

  private void insert(E entry, long key, long arrival) {
    int position = ++size;
    if (position == keys.length) {
      int length = Math.multiplyExact(2, position);
      entries = Arrays.copyOf(entries, length);
      keys = Arrays.copyOf(keys, length);
      arrivals = Arrays.copyOf(arrivals, length);
    }
    entries[position] = entry;
    keys[position] = key;
    arrivals[position] = arrival;
    entry.index(position);
    rise(position);
  }

  private int rise(int from) {
    int position = from;
    while (position > TOP && before(position, position / 2)) {
      swap(position, position / 2);
      position /= 2;
    }
    return position;
  }

  private void sink(int from) {
    int position = from;
    int child = firstChild(position);
    while (child <= size && before(child, position)) {
      swap(child, position);
      position = child;
      child = firstChild(position);
    }
  }

  /** The child that comes before the other; beyond the heap when there is none. */
  private int firstChild(int position) {
    int left = 2 * position;
    return left < size && before(left + 1, left) ? left + 1 : left;
  }

  private boolean before(int a, int b) {
    return keys[a] != keys[b] ? keys[a] < keys[b] : arrivals[a] < arrivals[b];
  }

  private void swap(int a, int b) {
    var entry = entry(a);
    long key = keys[a];
    long arrival = arrivals[a];
    move(b, a);
    entries[b] = entry;
    keys[b] = key;
    arrivals[b] = arrival;
    entry.index(b);
  }

  private void move(int from, int to) {
    entries[to] = entries[from];
    keys[to] = keys[from];
    arrivals[to] = arrivals[from];
    entry(to).index(to);
  }

  @SuppressWarnings("unchecked") // Only E is ever put in.
  private E entry(int position) {
    var entry = (E) entries[position];
    if (entry == null) {
      throw new IllegalStateException("the heap of the policy is broken");
    }
    return entry;
  }
}
