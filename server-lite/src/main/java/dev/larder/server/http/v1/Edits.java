package dev.larder.server.http.v1;

import dev.larder.Life;
import dev.larder.RemovalCause;
import dev.larder.server.core.Verb;
import dev.larder.server.http.v1.Outcome.Did;
import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import dev.larder.spi.Remainder;
import dev.larder.spi.Slot;
import dev.larder.spi.Stored;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Carries out an {@link Edit}: condition and change are one step under the key. */
final class Edits {
  /** The verb. */
  static final Verb<Edit, Outcome> EDIT = Verb.of("edit", Edits::apply);

  /** No number of 64 bits has more digits and sign. */
  private static final int LONGEST_NUMBER = 20;

  private Edits() {}

  static Outcome apply(Edit edit, Slot<Payload> slot) {
    var current = slot.current();
    if (!edit.condition().holds(current)) {
      return outcome(Did.REFUSED, edit, current);
    }
    return switch (edit.kind()) {
      case WRITE -> write(edit, slot, current);
      case REMOVE -> remove(edit, slot, current);
      case TOUCH, TOUCH_UNTIL -> touch(edit, slot, current);
      case FILL -> fill(edit, slot, current);
      case PUT_BACK -> putBack(edit, slot);
      case INCREMENT -> increment(edit, slot, current);
    };
  }

  private static Outcome outcome(Did did, Edit edit, @Nullable Stored<Payload> current) {
    return new Outcome(
        did, current == null ? 0 : current.version(), edit.previous() ? copy(current) : null, 0);
  }

  private static Outcome write(Edit edit, Slot<Payload> slot, @Nullable Stored<Payload> current) {
    // Before the change: in memory the entry shown is the live one.
    var outcome = outcome(current == null ? Did.CREATED : Did.CHANGED, edit, current);
    return stored(edit, slot) ? outcome : kept(outcome);
  }

  private static Outcome kept(Outcome outcome) {
    return new Outcome(Did.NOTHING_KEPT, outcome.version(), outcome.before(), 0);
  }

  private static boolean stored(Edit edit, Slot<Payload> slot) {
    return write(value(edit), edit.life(), slot);
  }

  private static boolean write(Payload value, long life, Slot<Payload> slot) {
    return life == Life.UNCHANGED
        ? slot.write(value)
        : slot.write(value, Life.deadline(slot.now(), life), meta(value));
  }

  private static Payload value(Edit edit) {
    var value = edit.value();
    if (value == null) {
      throw new IllegalArgumentException(edit.kind() + " needs a value");
    }
    return value;
  }

  private static Meta meta(Payload value) {
    return value.meta();
  }

  private static Outcome remove(Edit edit, Slot<Payload> slot, @Nullable Stored<Payload> current) {
    var outcome = outcome(current == null ? Did.ABSENT : Did.CHANGED, edit, current);
    slot.remove(RemovalCause.EXPLICIT);
    return outcome;
  }

  private static Outcome touch(Edit edit, Slot<Payload> slot, @Nullable Stored<Payload> current) {
    if (current == null) {
      return outcome(Did.ABSENT, edit, null);
    }
    if (edit.kind() == Edit.Kind.TOUCH || edit.life() == Life.UNCHANGED) {
      var outcome = outcome(Did.CHANGED, edit, current);
      slot.touch();
      return outcome;
    }
    var deadline = Life.deadline(slot.now(), edit.life());
    var earlier = deadline < current.deadline();
    var outcome = outcome(earlier ? Did.SHORTENED : Did.CHANGED, edit, current);
    slot.touch(deadline);
    return outcome;
  }

  private static Outcome fill(Edit edit, Slot<Payload> slot, @Nullable Stored<Payload> current) {
    if (!slot.redeem(edit.number())) {
      return outcome(Did.OUTDATED, edit, current);
    }
    return edit.value() == null
        ? outcome(Did.NOTHING_KEPT, edit, current)
        : write(edit, slot, current);
  }

  private static Outcome putBack(Edit edit, Slot<Payload> slot) {
    var left = edit.left() == null ? Remainder.until(Life.FOREVER, slot.now()) : edit.left();
    var stored = slot.write(value(edit), left);
    return outcome(stored ? Did.CREATED : Did.NOTHING_KEPT, edit, null);
  }

  private static Outcome increment(
      Edit edit, Slot<Payload> slot, @Nullable Stored<Payload> current) {
    var before = current == null ? null : current.value();
    long sum;
    try {
      sum = Math.addExact(before == null ? edit.initial() : number(before.array()), edit.number());
    } catch (ArithmeticException | NumberFormatException e) {
      return outcome(Did.NO_NUMBER, edit, current);
    }
    var outcome =
        new Outcome(
            current == null ? Did.CREATED : Did.CHANGED,
            current == null ? 0 : current.version(),
            edit.previous() ? copy(current) : null,
            sum);
    return added(edit, sum, slot, current) ? outcome : kept(outcome);
  }

  /** With the type and the life of the entry before, unless it is given a new life. */
  private static boolean added(
      Edit edit, long sum, Slot<Payload> slot, @Nullable Stored<Payload> current) {
    var before = current == null ? null : current.value();
    var bytes = Long.toString(sum).getBytes(StandardCharsets.US_ASCII);
    if (current == null || before == null) {
      return write(new Payload(bytes, meta(value(edit))), edit.life(), slot);
    }
    var value = new Payload(bytes, before.meta());
    return edit.life() == Life.UNCHANGED
        ? slot.write(value, current.deadline(), meta(value))
        : write(value, edit.life(), slot);
  }

  private static long number(byte[] text) {
    if (text.length > LONGEST_NUMBER || (text.length > 0 && text[0] == '+')) {
      throw new NumberFormatException("not a decimal whole number of 64 bits");
    }
    return Long.parseLong(new String(text, StandardCharsets.ISO_8859_1));
  }

  /** The parts of an entry as they are while the key is held. */
  static @Nullable Stored<Payload> copy(@Nullable Stored<Payload> live) {
    var value = live == null ? null : live.value();
    return live == null || value == null
        ? null
        : new Stored.Snapshot<>(value, live.deadline(), live.version(), value.meta());
  }
}
