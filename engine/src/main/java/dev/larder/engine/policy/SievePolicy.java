package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy.Element;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/*
 * The hand stands on the entry it looks at next, or on the head, which means that it starts at the
 * oldest. It goes from the oldest to the newest and round again; entries keep their place, and new
 * ones come in behind the head, often behind the hand's back: they are looked at only a round later.
 *
 * In the first round a set bit saves an entry and is cleared. In the second nothing but the
 * predicate does: without readers every bit would be clear by then, and with readers that set bits
 * faster than the hand clears them this is what ends the search.
 */
/**
 * SIEVE (Zhang et al., "SIEVE is Simpler than LRU", NSDI 2024): a queue in which a hand takes out
 * the first entry that was not read since it came by. Learns of reads by the reference bit alone.
 * Amortized O(1); 12 bytes per entry.
 *
 * @param <E> the entries
 */
final class SievePolicy<E extends Element> extends ListPolicy<E> {
  private int hand = HEAD;

  SievePolicy(long capacity) {
    super(1, capacity);
  }

  @Override
  void remove(E entry) {
    if (slots.of(entry) == hand) {
      hand = slots.previous(hand);
    }
    super.remove(entry);
  }

  @Override
  void walk(Consumer<? super E> visitor) {
    for (int slot = hand; slot != HEAD; slot = slots.previous(slot)) {
      show(slot, visitor);
    }
    for (int slot = slots.previous(HEAD); slot != hand; slot = slots.previous(slot)) {
      show(slot, visitor);
    }
  }

  @Override
  @Nullable E pick(Predicate<? super E> mayLeave) {
    int round = slots.size();
    for (int step = 0; step < 2 * round; step++) {
      var entry = underHand();
      boolean saved = step < round && entry.takeReference();
      if (!saved && mayLeave.test(entry)) {
        remove(entry);
        return entry;
      }
      hand = slots.previous(hand);
    }
    return null;
  }

  private E underHand() {
    if (hand == HEAD) {
      hand = slots.previous(HEAD);
    }
    var entry = slots.entry(hand);
    if (entry == null) {
      throw new IllegalStateException("the list of the policy is broken");
    }
    return entry;
  }
}
