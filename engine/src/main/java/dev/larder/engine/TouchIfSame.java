package dev.larder.engine;

import dev.larder.spi.Slot;
import dev.larder.spi.Update;

/**
 * Moves the deadline of an entry as a rule of the user decided it for one value: another value that
 * has come meanwhile keeps the deadline it came with.
 *
 * @param value the very value the rule was asked about
 * @param deadline the deadline it gave
 */
record TouchIfSame<V>(V value, long deadline) {
  private enum Verb implements Update<TouchIfSame<Object>, Object, Boolean> {
    RUN;

    @Override
    public Boolean apply(TouchIfSame<Object> touch, Slot<Object> slot) {
      var current = slot.current();
      var same = current != null && current.value() == touch.value;
      if (same) {
        slot.touch(touch.deadline);
      }
      return same;
    }

    @Override
    public boolean pure() {
      return true;
    }
  }

  @SuppressWarnings("unchecked") // one constant serves every type: it only compares
  static <V> Update<TouchIfSame<V>, V, Boolean> verb() {
    return (Update<TouchIfSame<V>, V, Boolean>) (Update<?, ?, ?>) Verb.RUN;
  }
}
