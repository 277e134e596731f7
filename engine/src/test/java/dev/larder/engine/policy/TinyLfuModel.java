package dev.larder.engine.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * W-TinyLFU with three lists, the oldest first, and weights summed up anew each time. The sketch
 * and the hill climber are those of the policy, which have tests of their own, so that both count
 * the same.
 */
final class TinyLfuModel implements Model {
  private static final int WARM = 6;
  private static final int MERCY = 128;

  private final List<FakeEntry> window = new ArrayList<>();
  private final List<FakeEntry> probation = new ArrayList<>();
  private final List<FakeEntry> protect = new ArrayList<>();

  /** What entries weighed when the model was told last. */
  private final Map<FakeEntry, Integer> weights = new HashMap<>();

  /** From here on, those in probation came for the newcomer and were not compared yet. */
  private @Nullable FakeEntry candidate;

  private final FrequencySketch sketch = new FrequencySketch();
  private final HillClimber climber = new HillClimber();
  private @Nullable FakeEntry newcomer;
  private double share = TinyLfuPolicy.FIRST_WINDOW;
  private long owed;
  private boolean wasFull;
  private int refusals;

  @Override
  public void added(FakeEntry entry) {
    settle();
    newcomer = entry;
    count(entry, false);
  }

  @Override
  public void read(FakeEntry entry) {
    if (entry == newcomer) {
      settle();
    }
    if (held().contains(entry)) {
      count(entry, true);
      use(entry);
    }
  }

  @Override
  public void written(FakeEntry entry) {
    weights.computeIfPresent(entry, (e, before) -> e.weight);
    read(entry);
  }

  @Override
  public void removed(FakeEntry entry) {
    if (entry == newcomer) {
      newcomer = null;
    } else {
      forget(entry);
    }
  }

  @Override
  public @Nullable FakeEntry evict() {
    wasFull = true;
    int coming = newcomer == null || newcomer.weight > windowLimit() ? 0 : newcomer.weight;
    trimProtected();
    fillWindow(coming);
    drainWindow(coming);
    for (var entry : preferred()) {
      if (entry.mayLeave) {
        forget(entry);
        return entry;
      }
    }
    var last = newcomer != null && newcomer.mayLeave ? newcomer : null;
    newcomer = last == null ? newcomer : null;
    return last;
  }

  /** All entries, the first that may leave to be the victim. */
  private List<FakeEntry> preferred() {
    List<FakeEntry> order = new ArrayList<>();
    var one = candidate == null ? first(window) : candidate;
    var other = first(probation, protect, window);
    if (one != null && other != null && one != other && admits(one, other)) {
      candidate = candidate == one ? newer(one) : candidate;
      order.add(other);
      order.add(one);
    } else {
      order.addAll(one == null ? List.of() : List.of(one));
      order.addAll(other == null ? List.of() : List.of(other));
    }
    order.addAll(probation);
    order.addAll(protect);
    order.addAll(window);
    return order;
  }

  private boolean admits(FakeEntry one, FakeEntry other) {
    int frequency = sketch.frequency(one.hash());
    if (frequency > sketch.frequency(other.hash())) {
      return true;
    }
    return frequency >= WARM && ++refusals % MERCY == 0;
  }

  private void settle() {
    if (newcomer != null) {
      var entry = newcomer;
      newcomer = null;
      candidate = null;
      weights.put(entry, entry.weight);
      window.add(entry);
      if (entry.weight > windowLimit()) {
        move(entry, probation);
        candidate = entry;
      }
      drainWindow(0);
    }
  }

  private void count(FakeEntry entry, boolean hit) {
    int held = held().size() + 1;
    sketch.expect(held);
    sketch.count(entry.hash());
    double change = wasFull ? climber.count(hit, held) : 0;
    if (change != 0) {
      double before = share;
      share = Math.min(TinyLfuPolicy.CLIMBABLE, Math.max(0, before + change));
      owed = Math.max(0, (long) ((share - before) * weight(held())));
    }
  }

  private void use(FakeEntry entry) {
    var list = window.contains(entry) ? window : probation.contains(entry) ? probation : protect;
    boolean promoted = list == probation && weights.get(entry) <= protectedLimit();
    move(entry, promoted ? protect : list);
    trimProtected();
  }

  private void trimProtected() {
    for (int moves = 0;
        moves < TinyLfuPolicy.MOVES && weight(protect) > protectedLimit();
        moves++) {
      move(protect.get(0), probation);
    }
  }

  private void fillWindow(int coming) {
    while (owed > 0) {
      var entry = first(probation, protect);
      if (entry == null || weight(window) + coming + weights.get(entry) > windowLimit()) {
        owed = 0;
      } else {
        owed -= weights.get(entry);
        move(entry, window);
      }
    }
  }

  private void drainWindow(int coming) {
    while (!window.isEmpty() && weight(window) + coming > windowLimit()) {
      var entry = window.get(0);
      move(entry, probation);
      candidate = candidate == null ? entry : candidate;
    }
  }

  private void move(FakeEntry entry, List<FakeEntry> list) {
    int weight = weights.get(entry);
    forget(entry);
    weights.put(entry, weight);
    list.add(entry);
  }

  private void forget(FakeEntry entry) {
    candidate = candidate == entry ? newer(entry) : candidate;
    window.remove(entry);
    probation.remove(entry);
    protect.remove(entry);
    weights.remove(entry);
  }

  private @Nullable FakeEntry newer(FakeEntry entry) {
    int next = probation.indexOf(entry) + 1;
    return next < probation.size() ? probation.get(next) : null;
  }

  private long windowLimit() {
    return Math.max(1, weight(held()) - (long) ((1 - share) * weight(held())));
  }

  private long protectedLimit() {
    return (long) ((TinyLfuPolicy.CLIMBABLE - share) * weight(held()));
  }

  private List<FakeEntry> held() {
    List<FakeEntry> all = new ArrayList<>(window);
    all.addAll(probation);
    all.addAll(protect);
    return all;
  }

  private long weight(List<FakeEntry> list) {
    return list.stream().mapToLong(weights::get).sum();
  }

  @SafeVarargs
  private static @Nullable FakeEntry first(List<FakeEntry>... lists) {
    for (var list : lists) {
      if (!list.isEmpty()) {
        return list.get(0);
      }
    }
    return null;
  }
}
