package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy.Element;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Most recently used: the entry leaves that was read or written last, not counting the newcomer
 * that the room is for. For loops longer than the cache; poor for nearly everything else. Records
 * every read exactly. O(1); 12 bytes per entry.
 *
 * @param <E> the entries
 */
final class MruPolicy<E extends Element> extends RecordingPolicy<E> {
  MruPolicy(long capacity) {
    super(1, capacity);
  }

  @Override
  public void accessed(E entry) {
    renew(entry);
  }

  @Override
  void walk(Consumer<? super E> visitor) {
    walkForward(HEAD, visitor);
  }

  @Override
  @Nullable E pick(Predicate<? super E> mayLeave) {
    return pickFromFront(mayLeave);
  }
}
