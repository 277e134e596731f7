package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy.Element;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 *   oldest                                                            newest
 *   [ . . 3 4 . 6 ] <-> [ 7 8 9 . . . ] <-> ... <-> [ 97 98 99 _ _ _ ]
 *     taken from here                                      added here
 *
 * An entry that is given another round is taken out at one end and added at the other. Against a
 * linked list that saves the links, 8 bytes an entry, and neighbours in time are neighbours in
 * memory; against one large array it grows without a pause.
 *
 * Entries removed from the middle leave holes. When a segment and a neighbour of it would fit into
 * three quarters of one, they are made one. A segment is filled with 128 entries before that can
 * happen, and each merger leaves one segment less, so this too is O(1) amortized.
 *
 * Times are kept as 16 bits, so an age of more than 64 cachefuls is taken for a smaller one. No error
 * outlives the entry that it is about, as it would if the time of the oldest entry were kept in full
 * and that of the next one derived from it.
 */
/**
 * A first-in, first-out queue of entries with a weight, a small number of uses and a time each. An
 * entry knows its place by {@link Element#index}. Every method but {@link #forEach} is O(1),
 * amortized; about 7 bytes per entry, 11 with weights.
 *
 * @param <E> the entries
 */
final class Ring<E extends Element> {
  private static final int STAMPS = 0xffff;
  private static final int FULL_ENOUGH = Segment.LENGTH * 3 / 4;

  private final Segments segments;
  private @Nullable Segment oldest;
  private @Nullable Segment newest;
  private int count;
  private long weight;

  Ring(Segments segments) {
    this.segments = segments;
  }

  /** How many entries there are. */
  int count() {
    return count;
  }

  /** What they weigh together. */
  long weight() {
    return weight;
  }

  /** Adds an entry as the newest. */
  void add(E entry, int itsWeight, int uses, long time) {
    var segment = newest;
    if (segment == null || segment.end == Segment.LENGTH) {
      segment = lengthen();
    }
    int place = segment.end++;
    segment.put(place, entry, itsWeight, uses, time);
    entry.index(segment.slot(place));
    count++;
    weight += itsWeight;
  }

  /** The entry that has been here for the longest; null when there is none. */
  @Nullable E oldest() {
    var segment = oldest;
    if (segment == null) {
      return null;
    }
    while (segment.entries[segment.first] == null) {
      segment.first++;
    }
    return entry(segment, segment.first);
  }

  /** How many ticks ago the oldest entry was added, modulo 2^16; there must be one. */
  int age(long now) {
    if (oldest == null || oldest() == null) {
      throw new IllegalStateException("nothing is in this ring");
    }
    return ((int) now - oldest.stamp(oldest.first)) & STAMPS;
  }

  /** The number of uses that the entry was added with. */
  int uses(E entry) {
    int slot = entry.index();
    return segment(slot).uses[slot % Segment.LENGTH];
  }

  /** Takes an entry out and returns what it weighed. */
  int remove(E entry) {
    int slot = entry.index();
    var segment = segment(slot);
    int place = slot % Segment.LENGTH;
    int itsWeight = segment.weight(place);
    segment.clear(place);
    entry.index(0);
    count--;
    weight -= itsWeight;
    if (segment.live == 0) {
      drop(segment);
    } else if (segment.live < FULL_ENOUGH && segment != newest && place != segment.first) {
      closeRanks(segment);
    }
    return itsWeight;
  }

  /** Gives an entry another weight. */
  void weigh(E entry, int itsWeight) {
    int slot = entry.index();
    var segment = segment(slot);
    int place = slot % Segment.LENGTH;
    weight += itsWeight - segment.weight(place);
    segment.weigh(place, itsWeight);
  }

  /** Shows the entries, the oldest first. */
  void forEach(Consumer<? super E> visitor) {
    for (var segment = oldest; segment != null; segment = segment.newer) {
      for (int place = segment.first; place < segment.end; place++) {
        var entry = entry(segment, place);
        if (entry != null) {
          visitor.accept(entry);
        }
      }
    }
  }

  private Segment lengthen() {
    var segment = segments.take();
    segment.ring = this;
    segment.older = newest;
    if (newest == null) {
      oldest = segment;
    } else {
      newest.newer = segment;
    }
    newest = segment;
    return segment;
  }

  private void drop(Segment segment) {
    if (segment.older == null) {
      oldest = segment.newer;
    } else {
      segment.older.newer = segment.newer;
    }
    if (segment.newer == null) {
      newest = segment.older;
    } else {
      segment.newer.older = segment.older;
    }
    segments.giveBack(segment);
  }

  private void closeRanks(Segment segment) {
    if (segment.newer != null && segment.live + segment.newer.live <= FULL_ENOUGH) {
      merge(segment, segment.newer);
    } else if (segment.older != null && segment.live + segment.older.live <= FULL_ENOUGH) {
      merge(segment.older, segment);
    }
  }

  /** Moves what is left in two neighbours to the front of the older one. */
  private void merge(Segment into, Segment from) {
    int end = moveDown(into, into, 0);
    into.first = 0;
    into.end = moveDown(from, into, end);
    drop(from);
  }

  private int moveDown(Segment from, Segment into, int place) {
    int to = place;
    for (int i = from.first; i < from.end; i++) {
      var entry = entry(from, i);
      if (entry != null && (from != into || i != to)) {
        int itsWeight = from.weight(i);
        from.clear(i);
        into.put(to, entry, itsWeight, from.uses[i], from.stamp(i));
        entry.index(into.slot(to));
      }
      to += entry == null ? 0 : 1;
    }
    return to;
  }

  private Segment segment(int slot) {
    var segment = segments.of(slot);
    if (segment == null || segment.ring != this) {
      throw new IllegalStateException("the entry is not in this ring");
    }
    return segment;
  }

  @SuppressWarnings("unchecked") // Only E is ever put in.
  private @Nullable E entry(Segment segment, int place) {
    return (E) segment.entries[place];
  }
}
