package dev.larder.spi;

import org.jspecify.annotations.Nullable;

/**
 * A verb: one atomic change of one entry, as a shared constant without state whose data is its
 * argument. A new verb is a new constant, not a new path.
 *
 * <p>A verb with a {@link #wireName} is ours, pure and repeatable: a store may run it in place or
 * have the owner of the entry run the same constant. One that is only {@link #pure} may be run
 * again on a fresh look at the entry. Any other carries user code and runs exactly once, under a
 * grant on the key that blocks only other writers of that key.
 *
 * @param <A> the argument
 * @param <V> the values of the store: objects, or {@link Payload} in stores of bytes
 * @param <R> the result
 */
public interface Update<A, V, R extends @Nullable Object> {

  /**
   * Where an argument or result holds a value of the store, so that one that holds bytes can be
   * given bytes.
   */
  enum Shape {
    /** Nowhere. */
    PLAIN,
    /** It is one, or null. */
    VALUE,
    /** It is a {@link Carrier} of one. */
    CARRIER
  }

  /** An argument with a value inside. */
  interface Carrier<V> {
    /** The same argument around another form of the value. */
    <W> Carrier<W> map(java.util.function.Function<? super V, ? extends W> form);
  }

  /**
   * Decides, calls at most one changing method of the slot, and returns the result. What it throws
   * reaches the caller; nothing is changed then.
   */
  R apply(A argument, Slot<V> slot);

  /** The name on the wire, or null for a verb that does not travel. */
  default @Nullable String wireName() {
    return null;
  }

  /** Whether running it again on a fresh look is harmless. */
  default boolean pure() {
    return wireName() != null;
  }

  /** Where the argument holds a value. */
  default Shape argument() {
    return Shape.PLAIN;
  }

  /** Where the result holds a value. */
  default Shape result() {
    return Shape.PLAIN;
  }

  /**
   * Whether, of an entry that is there, it does no more than write its argument, and says nothing
   * that does not follow from the value before: {@link #overwritten}. A store may then do just
   * that.
   */
  default boolean overwrites() {
    return false;
  }

  /**
   * The result of a verb that {@link #overwrites} when it found this value and replaced it.
   *
   * @throws UnsupportedOperationException when it does not
   */
  default R overwritten(V before) {
    throw new UnsupportedOperationException(this + " is not a plain write");
  }
}
