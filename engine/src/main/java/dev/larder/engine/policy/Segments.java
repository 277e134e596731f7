package dev.larder.engine.policy;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The segments of all rings of a policy by number, so that the slot of an entry tells where it is.
 * Slot 0 belongs to no segment: it means "none".
 */
final class Segments {
  private static final int INITIAL_LENGTH = 4;

  private @Nullable Segment[] byNumber = new @Nullable Segment[INITIAL_LENGTH];
  private final ArrayDeque<Integer> freeNumbers = new ArrayDeque<>();
  private int untouched = 1;

  /** In the long run one segment is emptied for each that is filled: it is kept for that. */
  private @Nullable Segment spare;

  /** An empty segment. */
  Segment take() {
    var segment = spare != null ? spare : new Segment(number());
    spare = null;
    byNumber[segment.number] = segment;
    return segment;
  }

  /** Takes an empty segment back. */
  void giveBack(Segment segment) {
    segment.first = 0;
    segment.end = 0;
    segment.newer = null;
    segment.older = null;
    segment.ring = null;
    byNumber[segment.number] = null;
    if (spare == null) {
      spare = segment;
    } else {
      freeNumbers.push(segment.number);
    }
  }

  /** The segment of the slot; null when there is none. */
  @Nullable Segment of(int slot) {
    int number = slot / Segment.LENGTH;
    return slot > 0 && number < byNumber.length ? byNumber[number] : null;
  }

  private int number() {
    var free = freeNumbers.poll();
    if (free != null) {
      return free;
    }
    if (untouched == byNumber.length) {
      byNumber = Arrays.copyOf(byNumber, byNumber.length + byNumber.length / 2);
    }
    return untouched++;
  }
}
