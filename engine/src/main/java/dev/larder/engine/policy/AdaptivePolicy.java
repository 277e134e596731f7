package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy;
import dev.larder.spi.EvictionPolicy.Element;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/*
 * The rings learn of reads by the reference bit alone. The shadows must hear
 * of every access to a sample of the keys: of arrivals by `added`, of reads by `accessed`, which is
 * asked for where the hash is in the sample. That is a few hundred keys at a time: few of a large cache, but all
 * keys of one with less than 512 entries, where reads of a popular key would cost several
 * times what they should, for nothing: a cache that hardly misses has little to learn. So reads are
 * told on credit, which only arrivals give. What is read when the credit is used up is not told any
 * more until it arrives again.
 */
/**
 * The default: two rings and ghosts ({@link TwoRings}), with settings chosen by small shadow caches
 * ({@link Shadows}). The entry added last is picked only when no other may leave. Amortized O(1);
 * about 17 bytes per entry of a large cache, 4 more with weights.
 *
 * @param <E> the entries
 */
final class AdaptivePolicy<E extends Element> implements EvictionPolicy<E> {
  private static final int READS_PER_ARRIVAL = 64;
  private static final int MOST_CREDIT = READS_PER_ARRIVAL * 1_024;

  private final Shadows shadows = new Shadows();
  private final TwoRings<E> rings = new TwoRings<>(shadows.best());
  private @Nullable E newcomer;
  private int credit;

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException when the entry is held already
   */
  @Override
  public void added(E entry) {
    if (rings.holds(entry)) {
      throw new IllegalStateException("this entry was added before and has not left since");
    }
    rings.add(entry);
    newcomer = entry;
    shadows.holds(rings.count());
    if (shadows.sample(entry.hash())) {
      credit = Math.min(MOST_CREDIT, credit + READS_PER_ARRIVAL);
      shadows.access(entry.hash());
      rings.set(shadows.best());
    }
  }

  @Override
  public boolean recordsAccess(E entry) {
    return credit > 0 && shadows.sample(entry.hash());
  }

  @Override
  public boolean samplesAccess() {
    return true;
  }

  @Override
  public void accessed(E entry) {
    if (credit > 0 && rings.holds(entry)) {
      credit--;
      shadows.access(entry.hash());
      rings.set(shadows.best());
    }
  }

  @Override
  public void updated(E entry, int weightBefore) {
    if (rings.holds(entry)) {
      rings.weigh(entry);
    }
  }

  @Override
  public void removed(E entry) {
    if (rings.holds(entry)) {
      rings.remove(entry);
      forget(entry);
      if (shadows.sample(entry.hash())) {
        shadows.removed(entry.hash());
      }
    }
  }

  @Override
  public @Nullable E evict(Predicate<? super E> mayLeave) {
    // The store is over its bounds by the entry that is to leave.
    shadows.isFull(rings.count() - 1);
    var victim = rings.evict(mayLeave, newcomer);
    if (victim != null) {
      forget(victim);
    }
    return victim;
  }

  @Override
  public void visit(Consumer<? super E> visitor) {
    rings.forEach(visitor);
  }

  private void forget(E entry) {
    if (newcomer == entry) {
      newcomer = null;
    }
  }
}
