package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy;
import dev.larder.spi.EvictionPolicy.Element;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/*
 * Published policies make room first and insert then. A store cannot: it knows that it is too full
 * only when the new entry is in. If the newcomer took part, mru and size would throw it out at once,
 * lfu would as soon as all others were read twice, and the hand of sieve would stop at it instead of
 * going round. So it waits outside of the order until the next one comes.
 */
/**
 * What all policies of this package share: the entry added last waits outside of the order and is
 * picked only when no other entry may leave. It takes its place when another entry is added, or
 * when a policy that records reads hears of one.
 *
 * @param <E> the entries
 */
abstract class SparingPolicy<E extends Element> implements EvictionPolicy<E> {
  private @Nullable E newcomer;

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException when the entry is held already
   */
  @Override
  public final void added(E entry) {
    if (isNewcomer(entry) || holds(entry)) {
      throw new IllegalStateException("this entry was added before and has not left since");
    }
    settle();
    newcomer = entry;
    arrived(entry);
  }

  @Override
  public final void removed(E entry) {
    if (isNewcomer(entry)) {
      newcomer = null;
    } else if (holds(entry)) {
      remove(entry);
    }
  }

  @Override
  public final @Nullable E evict(Predicate<? super E> mayLeave) {
    var victim = pick(mayLeave);
    if (victim == null && newcomer != null && mayLeave.test(newcomer)) {
      victim = newcomer;
      newcomer = null;
    }
    return victim;
  }

  @Override
  public final void visit(Consumer<? super E> visitor) {
    walk(visitor);
    if (newcomer != null) {
      visitor.accept(newcomer);
    }
  }

  /** Gives the newcomer, if there is one, its place in the order. */
  final void settle() {
    if (newcomer != null) {
      var entry = newcomer;
      newcomer = null;
      insert(entry);
    }
  }

  /** The entry that waits outside of the order. */
  final @Nullable E newcomer() {
    return newcomer;
  }

  final boolean isNewcomer(E entry) {
    return newcomer == entry;
  }

  /** The entry has become the newcomer. */
  void arrived(E entry) {}

  /** Whether the entry is in the order; false for the newcomer. */
  abstract boolean holds(E entry);

  /** Puts an entry into the order. */
  abstract void insert(E entry);

  /** Takes an entry that is in the order out of it. */
  abstract void remove(E entry);

  /** Shows the entries in the order, the one to leave next first. */
  abstract void walk(Consumer<? super E> visitor);

  /** Takes the next victim out of the order; null when no entry in the order may leave. */
  abstract @Nullable E pick(Predicate<? super E> mayLeave);
}
