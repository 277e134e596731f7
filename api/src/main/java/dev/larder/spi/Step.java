package dev.larder.spi;

import org.jspecify.annotations.Nullable;

/**
 * One operation of a batch. The argument fits the verb; {@link #of} is how the compiler sees to it.
 *
 * @param key the key
 * @param update the verb, which must be pure
 * @param argument its argument
 */
public record Step<K, V>(K key, Update<?, V, ?> update, Object argument) {

  /** A step whose argument fits its verb. */
  public static <K, V, A> Step<K, V> of(K key, Update<A, V, ?> update, A argument) {
    return new Step<>(key, update, argument);
  }

  /** Runs the verb on a slot. */
  @SuppressWarnings({"unchecked", "NullAway"}) // made by of(), where the types agreed
  public @Nullable Object apply(Slot<V> slot) {
    return ((Update<Object, V, @Nullable Object>) update).apply(argument, slot);
  }
}
