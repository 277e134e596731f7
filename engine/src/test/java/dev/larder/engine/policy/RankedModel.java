package dev.larder.engine.policy;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The victim is the smallest by some order of all entries that may leave; the newcomer comes last.
 */
final class RankedModel implements Model {
  /** When a use of an entry ends the time of the newcomer. */
  enum Uses {
    IGNORED,
    OF_THE_NEWCOMER,
    OF_ANY
  }

  /** What is known of an entry. */
  static final class Facts {
    private final FakeEntry entry;
    private final long arrival;
    private long lastUse;
    private int uses = 1;

    private Facts(FakeEntry entry, long now) {
      this.entry = entry;
      arrival = now;
      lastUse = now;
    }
  }

  private final Map<FakeEntry, Facts> held = new HashMap<>();
  private final Comparator<Facts> order;
  private final Uses uses;
  private @Nullable FakeEntry newcomer;
  private long time;

  private RankedModel(Uses uses, Comparator<Facts> order) {
    this.uses = uses;
    this.order = order;
  }

  static RankedModel fifo() {
    return new RankedModel(Uses.IGNORED, Comparator.comparingLong(f -> f.arrival));
  }

  static RankedModel lru() {
    return new RankedModel(Uses.OF_ANY, Comparator.comparingLong(f -> f.lastUse));
  }

  static RankedModel mru() {
    return new RankedModel(Uses.OF_ANY, Comparator.comparingLong(f -> -f.lastUse));
  }

  static RankedModel lfu() {
    return new RankedModel(
        Uses.OF_THE_NEWCOMER,
        Comparator.<Facts>comparingInt(f -> f.uses).thenComparingLong(f -> f.lastUse));
  }

  static RankedModel ttl() {
    return new RankedModel(
        Uses.IGNORED,
        Comparator.<Facts>comparingLong(f -> f.entry.deadline).thenComparingLong(f -> f.arrival));
  }

  static RankedModel size() {
    return new RankedModel(
        Uses.IGNORED,
        Comparator.<Facts>comparingInt(f -> -f.entry.weight).thenComparingLong(f -> f.arrival));
  }

  @Override
  public void added(FakeEntry entry) {
    held.put(entry, new Facts(entry, ++time));
    newcomer = entry;
  }

  @Override
  public void read(FakeEntry entry) {
    var facts = held.get(entry);
    facts.lastUse = ++time;
    facts.uses++;
    if (uses == Uses.OF_ANY || (uses == Uses.OF_THE_NEWCOMER && entry == newcomer)) {
      newcomer = null;
    }
  }

  @Override
  public void written(FakeEntry entry) {
    read(entry);
  }

  @Override
  public void removed(FakeEntry entry) {
    held.remove(entry);
    if (newcomer == entry) {
      newcomer = null;
    }
  }

  @Override
  public @Nullable FakeEntry evict() {
    var others =
        held.values().stream().filter(f -> f.entry.mayLeave && f.entry != newcomer).min(order);
    var victim = others.map(f -> f.entry).orElse(newcomer);
    if (victim == null || !victim.mayLeave) {
      return null;
    }
    removed(victim);
    return victim;
  }
}
