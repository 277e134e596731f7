package dev.larder.spi;

import dev.larder.Life;
import dev.larder.RemovalCause;
import dev.larder.spi.Update.Carrier;
import dev.larder.spi.Update.Shape;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of the cache. Which of them count as an access or an update for expiry follows the
 * table of JSR-107 1.1, section "Expiry Policies".
 *
 * <p>Longer than the house likes because it is the whole list: a new verb is one more constant
 * here.
 */
public final class Verbs {
  private Verbs() {}

  /** The argument of verbs that need none. */
  public enum Nothing {
    /** The only one. */
    NOTHING
  }

  /** What a write did. */
  public enum Written {
    /** There was no entry. */
    CREATED,
    /** There was one. */
    UPDATED,
    /** The life of the value was zero: nothing is stored. */
    DROPPED
  }

  /** What a conditional change found. */
  public enum Match {
    /** No entry. */
    ABSENT,
    /** An entry with another value; it counts as read. */
    UNEQUAL,
    /** The value expected; the change was made. */
    EQUAL
  }

  /**
   * A value with terms of its own.
   *
   * @param value the value
   * @param life its life in milliseconds, or {@link Life#UNCHANGED} for that of the cache
   * @param meta what it carries
   */
  public record Terms<V>(V value, long life, Meta meta) implements Carrier<V> {
    @Override
    public <W> Terms<W> map(Function<? super V, ? extends W> form) {
      return new Terms<>(form.apply(value), life, meta);
    }
  }

  /**
   * What a load gives back.
   *
   * @param value the value loaded, or null when there is none to store
   * @param token the fill token of the look that missed
   */
  public record Fill<V>(@Nullable V value, long token) implements Carrier<V> {
    @Override
    public <W> Fill<W> map(Function<? super V, ? extends W> form) {
      return new Fill<>(value == null ? null : form.apply(value), token);
    }
  }

  /**
   * A value that is put back.
   *
   * @param value the value
   * @param left what was left of its life
   */
  public record PutBack<V>(V value, Remainder left) implements Carrier<V> {
    @Override
    public <W> PutBack<W> map(Function<? super V, ? extends W> form) {
      return new PutBack<>(form.apply(value), left);
    }
  }

  /**
   * A change that holds only for one version of the entry.
   *
   * @param version the version the entry must have
   * @param action what to do then
   * @param value the value to write, for {@link Action#WRITE}
   * @param deadline the deadline to set; {@link Life#UNCHANGED} for that of the cache's rule
   */
  public record At<V>(long version, Action action, @Nullable V value, long deadline)
      implements Carrier<V> {
    /** What to do. */
    public enum Action {
      /** Write the value. */
      WRITE,
      /** Remove the entry. */
      REMOVE,
      /** Count as read. */
      TOUCH
    }

    @Override
    public <W> At<W> map(Function<? super V, ? extends W> form) {
      return new At<>(version, action, value == null ? null : form.apply(value), deadline);
    }
  }

  /**
   * The two values of a conditional replacement.
   *
   * @param expected the value that must be there, by {@code equals}
   * @param value the value to put in its place
   */
  public record Swap<V>(V expected, V value) {}

  /** The last component makes the result of one that {@link #overwrites}. */
  private record Verb<A, R extends @Nullable Object>(
      @Nullable String wireName,
      Shape argument,
      Shape result,
      BiFunction<A, Slot<Object>, R> body,
      @Nullable Function<Object, R> fromBefore)
      implements Update<A, Object, R> {
    Verb(
        @Nullable String wireName,
        Shape argument,
        Shape result,
        BiFunction<A, Slot<Object>, R> body) {
      this(wireName, argument, result, body, null);
    }

    @Override
    public R apply(A argument, Slot<Object> slot) {
      return body.apply(argument, slot);
    }

    @Override
    public boolean pure() {
      return true;
    }

    @Override
    public boolean overwrites() {
      return fromBefore != null;
    }

    @Override
    public R overwritten(Object before) {
      return fromBefore == null ? Update.super.overwritten(before) : fromBefore.apply(before);
    }
  }

  private static final Verb<Object, Written> PUT =
      new Verb<>("put", Shape.VALUE, Shape.PLAIN, Verbs::write, before -> Written.UPDATED);
  private static final Verb<Terms<Object>, Written> PUT_WITH =
      new Verb<>("put-with", Shape.CARRIER, Shape.PLAIN, Verbs::writeWith);
  private static final Verb<Object, @Nullable Object> GET_AND_PUT =
      new Verb<>("get-and-put", Shape.VALUE, Shape.VALUE, Verbs::exchange, before -> before);
  private static final Verb<Object, @Nullable Object> PUT_IF_ABSENT =
      new Verb<>("put-if-absent", Shape.VALUE, Shape.VALUE, Verbs::writeIfAbsent);
  private static final Verb<Object, @Nullable Object> REPLACE =
      new Verb<>("replace", Shape.VALUE, Shape.VALUE, Verbs::writeIfPresent, before -> before);
  private static final Verb<Nothing, Boolean> DELETE =
      new Verb<>("delete", Shape.PLAIN, Shape.PLAIN, (none, slot) -> take(slot) != null);
  private static final Verb<Nothing, @Nullable Object> REMOVE =
      new Verb<>("remove", Shape.PLAIN, Shape.VALUE, (none, slot) -> take(slot));
  private static final Verb<Nothing, Boolean> TOUCH =
      new Verb<>("touch", Shape.PLAIN, Shape.PLAIN, Verbs::touchNow);
  private static final Verb<Long, Boolean> TOUCH_UNTIL =
      new Verb<>("touch-until", Shape.PLAIN, Shape.PLAIN, Verbs::touchTo);
  private static final Verb<Fill<Object>, Boolean> FILL =
      new Verb<>("fill", Shape.CARRIER, Shape.PLAIN, Verbs::fillIn);
  private static final Verb<PutBack<Object>, Boolean> PUT_BACK =
      new Verb<>("put-back", Shape.CARRIER, Shape.PLAIN, Verbs::writeBack);
  private static final Verb<At<Object>, Boolean> AT =
      new Verb<>("at", Shape.CARRIER, Shape.PLAIN, Verbs::changeAt);
  private static final Verb<Swap<Object>, Match> SWAP =
      new Verb<>(null, Shape.PLAIN, Shape.PLAIN, Verbs::swapEqual);
  private static final Verb<Object, Match> REMOVE_EQUAL =
      new Verb<>(null, Shape.PLAIN, Shape.PLAIN, Verbs::takeEqual);

  private static final Map<String, Update<?, ?, ?>> BY_NAME =
      Stream.of(
              PUT,
              PUT_WITH,
              GET_AND_PUT,
              PUT_IF_ABSENT,
              REPLACE,
              DELETE,
              REMOVE,
              TOUCH,
              TOUCH_UNTIL,
              FILL,
              PUT_BACK,
              AT)
          .collect(
              Collectors.toUnmodifiableMap(verb -> String.valueOf(verb.wireName()), verb -> verb));

  /** Writes the value. */
  public static <V> Update<V, V, Written> put() {
    return typed(PUT);
  }

  /** Writes the value with terms of its own. */
  public static <V> Update<Terms<V>, V, Written> putWith() {
    return typed(PUT_WITH);
  }

  /** Writes the value and gives the one before. */
  public static <V> Update<V, V, @Nullable V> getAndPut() {
    return typed(GET_AND_PUT);
  }

  /**
   * Writes the value where there is none and gives the present one. A present one does not count as
   * read.
   */
  public static <V> Update<V, V, @Nullable V> putIfAbsent() {
    return typed(PUT_IF_ABSENT);
  }

  /** Writes the value where there is one and gives the one before. */
  public static <V> Update<V, V, @Nullable V> replace() {
    return typed(REPLACE);
  }

  /** Removes the entry and tells whether there was one. */
  public static <V> Update<Nothing, V, Boolean> delete() {
    return typed(DELETE);
  }

  /** Removes the entry and gives its value. */
  public static <V> Update<Nothing, V, @Nullable V> remove() {
    return typed(REMOVE);
  }

  /** Counts as read; tells whether there is an entry. */
  public static <V> Update<Nothing, V, Boolean> touch() {
    return typed(TOUCH);
  }

  /**
   * Sets the deadline of a present entry to the argument, as a read under a custom rule does; tells
   * whether there was an entry.
   */
  public static <V> Update<Long, V, Boolean> touchUntil() {
    return typed(TOUCH_UNTIL);
  }

  /** Stores what was loaded if its fill token still holds; tells whether it did. */
  public static <V> Update<Fill<V>, V, Boolean> fill() {
    return typed(FILL);
  }

  /** Puts a value back where there is none; tells whether it did. */
  public static <V> Update<PutBack<V>, V, Boolean> putBack() {
    return typed(PUT_BACK);
  }

  /** Changes the entry if it still has a version; tells whether it did. */
  public static <V> Update<At<V>, V, Boolean> at() {
    return typed(AT);
  }

  /** Replaces a value by another where it equals the one expected. */
  public static <V> Update<Swap<V>, V, Match> swap() {
    return typed(SWAP);
  }

  /** Removes the entry where its value equals the argument. */
  public static <V> Update<V, V, Match> removeEqual() {
    return typed(REMOVE_EQUAL);
  }

  /** The verb of that wire name, or null when there is none. */
  public static @Nullable Update<?, ?, ?> named(String wireName) {
    return BY_NAME.get(wireName);
  }

  @SuppressWarnings(
      "unchecked") // the constants never look into a value but with equals, so one object serves
  // every type
  private static <A, V, R extends @Nullable Object> Update<A, V, R> typed(Verb<?, ?> verb) {
    return (Update<A, V, R>) (Update<?, ?, ?>) verb;
  }

  private static @Nullable Object value(Slot<Object> slot) {
    var current = slot.current();
    return current == null ? null : current.value();
  }

  private static Written written(boolean stored, boolean present) {
    if (!stored) {
      return Written.DROPPED;
    }
    return present ? Written.UPDATED : Written.CREATED;
  }

  private static Written write(Object value, Slot<Object> slot) {
    var present = slot.current() != null;
    return written(slot.write(value), present);
  }

  private static Written writeWith(Terms<Object> terms, Slot<Object> slot) {
    var present = slot.current() != null;
    if (terms.life == Life.UNCHANGED) {
      return written(slot.write(terms.value), present);
    }
    return written(
        slot.write(terms.value, Life.deadline(slot.now(), terms.life), terms.meta), present);
  }

  private static @Nullable Object exchange(Object value, Slot<Object> slot) {
    var before = value(slot);
    slot.write(value);
    return before;
  }

  private static @Nullable Object writeIfAbsent(Object value, Slot<Object> slot) {
    var before = value(slot);
    if (before == null) {
      slot.write(value);
    }
    return before;
  }

  private static @Nullable Object writeIfPresent(Object value, Slot<Object> slot) {
    var before = value(slot);
    if (before != null) {
      slot.write(value);
    }
    return before;
  }

  private static @Nullable Object take(Slot<Object> slot) {
    var before = value(slot);
    slot.remove(RemovalCause.EXPLICIT);
    return before;
  }

  private static Boolean touchNow(Nothing none, Slot<Object> slot) {
    if (slot.current() == null) {
      return false;
    }
    slot.touch();
    return true;
  }

  private static Boolean touchTo(Long deadline, Slot<Object> slot) {
    if (slot.current() == null) {
      return false;
    }
    slot.touch(deadline);
    return true;
  }

  private static Boolean fillIn(Fill<Object> fill, Slot<Object> slot) {
    return slot.redeem(fill.token) && fill.value != null && slot.write(fill.value);
  }

  private static Boolean writeBack(PutBack<Object> back, Slot<Object> slot) {
    return slot.current() == null && slot.write(back.value, back.left);
  }

  private static Boolean changeAt(At<Object> at, Slot<Object> slot) {
    var current = slot.current();
    if (current == null || current.version() != at.version) {
      return false;
    }
    switch (at.action) {
      case REMOVE -> slot.remove(RemovalCause.EXPLICIT);
      case TOUCH -> touchAt(at, slot);
      case WRITE -> writeAt(at, slot);
    }
    return true;
  }

  private static void touchAt(At<Object> at, Slot<Object> slot) {
    if (at.deadline == Life.UNCHANGED) {
      slot.touch();
    } else {
      slot.touch(at.deadline);
    }
  }

  private static void writeAt(At<Object> at, Slot<Object> slot) {
    if (at.value == null) {
      throw new IllegalArgumentException("a write at a version needs a value");
    }
    if (at.deadline == Life.UNCHANGED) {
      slot.write(at.value);
    } else {
      slot.write(at.value, at.deadline, Meta.NONE);
    }
  }

  private static Match swapEqual(Swap<Object> swap, Slot<Object> slot) {
    var match = match(swap.expected, slot);
    if (match == Match.EQUAL) {
      slot.write(swap.value);
    }
    return match;
  }

  private static Match takeEqual(Object expected, Slot<Object> slot) {
    var match = match(expected, slot);
    if (match == Match.EQUAL) {
      slot.remove(RemovalCause.EXPLICIT);
    }
    return match;
  }

  private static Match match(Object expected, Slot<Object> slot) {
    var before = value(slot);
    if (before == null) {
      return Match.ABSENT;
    }
    if (before.equals(expected)) {
      return Match.EQUAL;
    }
    slot.touch();
    return Match.UNEQUAL;
  }
}
