package dev.larder.engine;

import dev.larder.MutableEntry;
import dev.larder.engine.EditedEntry.Edited;
import dev.larder.spi.Slot;
import dev.larder.spi.Update;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An update function with its key, as the argument of a verb.
 *
 * @param key the key
 * @param function the function
 * @param loader what reads a missing value through, or null
 */
record Edit<K, V, R extends @Nullable Object>(
    K key,
    Function<? super MutableEntry<K, V>, ? extends R> function,
    @Nullable Function<? super K, ? extends @Nullable V> loader) {

  /**
   * What came of it.
   *
   * @param result what the function returned
   * @param edited what it did
   */
  record Done<R extends @Nullable Object>(R result, Edited edited) {}

  private enum Verb
      implements Update<Edit<Object, Object, @Nullable Object>, Object, Done<@Nullable Object>> {
    RUN;

    @Override
    public Done<@Nullable Object> apply(
        Edit<Object, Object, @Nullable Object> edit, Slot<Object> slot) {
      return edit.run(slot);
    }
  }

  @SuppressWarnings("unchecked") // one constant serves every type: it only hands its argument on
  static <K, V, R extends @Nullable Object> Update<Edit<K, V, R>, V, Done<R>> verb() {
    return (Update<Edit<K, V, R>, V, Done<R>>) (Update<?, ?, ?>) Verb.RUN;
  }

  private Done<R> run(Slot<V> slot) {
    var entry = new EditedEntry<>(key, slot, loader);
    R result;
    try {
      result = function.apply(entry);
    } catch (RuntimeException | Error e) {
      entry.close();
      throw e;
    }
    return new Done<>(result, entry.finish());
  }
}
