package dev.larder.engine.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * S3-FIFO with one bit, two queues with the oldest first, and weights summed up anew each time. The
 * ghosts are those of the policy, which have a test of their own, so that both forget the same.
 */
final class S3FifoModel implements Model {
  private final Deque<FakeEntry> small = new ArrayDeque<>();
  private final Deque<FakeEntry> main = new ArrayDeque<>();
  private final Ghosts ghosts = new Ghosts();
  private @Nullable FakeEntry newcomer;
  private boolean newcomerToMain;

  @Override
  public void added(FakeEntry entry) {
    if (newcomer != null) {
      (newcomerToMain ? main : small).addLast(newcomer);
    }
    newcomer = entry;
    newcomerToMain = ghosts.forget(entry.hash());
  }

  @Override
  public void removed(FakeEntry entry) {
    if (entry == newcomer) {
      newcomer = null;
    } else if (!small.remove(entry)) {
      main.remove(entry);
    }
  }

  @Override
  public @Nullable FakeEntry evict() {
    var victim = smallOverItsShare();
    victim = victim != null ? victim : clock();
    victim = victim != null ? victim : firstThatMay(main);
    victim = victim != null ? victim : firstThatMay(small);
    if (victim == null && newcomer != null && newcomer.mayLeave) {
      victim = newcomer;
      newcomer = null;
    }
    return victim;
  }

  private @Nullable FakeEntry smallOverItsShare() {
    int rounds = small.size();
    for (int i = 0; i < rounds && weight(small) >= (weight(small) + weight(main)) / 10; i++) {
      var entry = small.removeFirst();
      if (entry.takeModelReference()) {
        main.addLast(entry);
      } else if (entry.mayLeave) {
        int held = small.size() + main.size() + 1;
        ghosts.remember(entry.hash(), held - held / 10);
        return entry;
      } else {
        small.addLast(entry);
      }
    }
    return null;
  }

  private @Nullable FakeEntry clock() {
    int round = main.size();
    for (int i = 0; i < round; i++) {
      var entry = main.removeFirst();
      if (!entry.takeModelReference() && entry.mayLeave) {
        return entry;
      }
      main.addLast(entry);
    }
    return null;
  }

  private static @Nullable FakeEntry firstThatMay(Deque<FakeEntry> queue) {
    var victim = queue.stream().filter(e -> e.mayLeave).findFirst().orElse(null);
    // All that came before it were refused and go another round.
    while (victim != null && queue.peekFirst() != victim) {
      queue.addLast(queue.removeFirst());
    }
    if (victim != null) {
      queue.removeFirst();
    }
    return victim;
  }

  private static long weight(Deque<FakeEntry> queue) {
    return queue.stream().mapToLong(e -> e.weight).sum();
  }
}
