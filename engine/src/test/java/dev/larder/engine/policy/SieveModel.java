package dev.larder.engine.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SIEVE with a list, the oldest first, and the position of the hand. */
final class SieveModel implements Model {
  private final List<FakeEntry> queue = new ArrayList<>();
  private @Nullable FakeEntry newcomer;
  private int hand;

  @Override
  public void added(FakeEntry entry) {
    if (newcomer != null) {
      queue.add(newcomer);
    }
    newcomer = entry;
  }

  @Override
  public void removed(FakeEntry entry) {
    if (entry == newcomer) {
      newcomer = null;
    } else {
      removeAt(queue.indexOf(entry));
    }
  }

  @Override
  public @Nullable FakeEntry evict() {
    for (int step = 0; step < 2 * queue.size(); step++) {
      var entry = queue.get(hand);
      if (!entry.takeModelReference() && entry.mayLeave) {
        removeAt(hand);
        return entry;
      }
      hand = (hand + 1) % queue.size();
    }
    var last = newcomer != null && newcomer.mayLeave ? newcomer : null;
    newcomer = last == null ? newcomer : null;
    return last;
  }

  private void removeAt(int position) {
    queue.remove(position);
    if (position < hand) {
      hand--;
    }
    if (hand == queue.size()) {
      hand = 0;
    }
  }
}
