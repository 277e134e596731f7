package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy.Element;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Least recently used: the entry leaves whose last read or write is the longest ago. Records every
 * read exactly, which readers pay for. O(1); 12 bytes per entry.
 *
 * @param <E> the entries
 */
final class LruPolicy<E extends Element> extends RecordingPolicy<E> {
  LruPolicy(long capacity) {
    super(1, capacity);
  }

  @Override
  public void accessed(E entry) {
    renew(entry);
  }

  @Override
  @Nullable E pick(Predicate<? super E> mayLeave) {
    return pickFromBack(mayLeave);
  }
}
