package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A user's own policy, as simple as one can be: last in, first out. */
final class NewestLeavesPolicy<E extends EvictionPolicy.Element> implements EvictionPolicy<E> {
  private final Deque<E> stack = new ArrayDeque<>();

  @Override
  public void added(E entry) {
    stack.push(entry);
  }

  @Override
  public void removed(E entry) {
    stack.remove(entry);
  }

  @Override
  public @Nullable E evict(Predicate<? super E> mayLeave) {
    var victim = stack.stream().filter(mayLeave).findFirst().orElse(null);
    if (victim != null) {
      stack.remove(victim);
    }
    return victim;
  }

  @Override
  public void visit(Consumer<? super E> visitor) {
    stack.forEach(visitor);
  }

  /** Named in META-INF/services of the tests. */
  public static final class Provider implements EvictionPolicy.Provider {
    @Override
    public String name() {
      return "newest-leaves";
    }

    @Override
    public <E extends EvictionPolicy.Element> EvictionPolicy<E> create(long capacity) {
      return new NewestLeavesPolicy<>();
    }
  }
}
