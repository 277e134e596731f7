package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy.Element;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * First in, first out: the entry that came first leaves first, however often it is read or written.
 * O(1); 12 bytes per entry.
 *
 * @param <E> the entries
 */
final class FifoPolicy<E extends Element> extends ListPolicy<E> {
  FifoPolicy(long capacity) {
    super(1, capacity);
  }

  @Override
  @Nullable E pick(Predicate<? super E> mayLeave) {
    return pickFromBack(mayLeave);
  }
}
