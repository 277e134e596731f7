package dev.larder.benchmarks.simulator;

import java.util.BitSet;

/*
 * One clock for all pages, the latest at the front, with three hands that go from back to front. Each
 * hand stands on the page of its kind that is furthest back:
 *
 *   hot    a hot page. Going on, it ends the test of every cold page that it passes.
 *   cold   a resident cold page: the next to leave.
 *   test   a page in test, resident or gone.
 *
 * A page that is used in its test, which is to say that its reuse distance is shorter than the age of
 * the last hot page, becomes hot, if some hot page can be made cold for it. Every use in a test asks
 * for one more cold page, every test that ends without asks for one less.
 */
/**
 * CLOCK-Pro (Jiang, Chen, Zhang: "CLOCK-Pro: An effective improvement of the CLOCK replacement",
 * USENIX 2005). It remembers as many pages that are gone as the cache holds. As in the program of
 * its authors, a page that finds no hot page to replace stays cold.
 */
final class ClockPro implements Simulation {
  private static final byte OUT = 0;
  private static final byte HOT = 1;
  private static final byte COLD = 2;
  private static final byte COLD_IN_TEST = 3;
  private static final byte GONE_IN_TEST = 4;
  private static final int NONE = -1;

  private final IdLists clock;
  private final byte[] states;
  private final int[] counts = new int[GONE_IN_TEST + 1];
  private final BitSet used;
  private final long capacity;
  private final long leastCold;
  private final long mostCold;
  private long coldTarget;
  private int hotHand = NONE;
  private int coldHand = NONE;
  private int testHand = NONE;

  ClockPro(Trace trace, long capacity) {
    clock = new IdLists(trace.distinct(), 1);
    states = new byte[trace.distinct()];
    used = new BitSet(trace.distinct());
    this.capacity = capacity;
    leastCold = Math.max(1, capacity / 100);
    mostCold = Math.max(leastCold, capacity - leastCold);
    coldTarget = leastCold;
  }

  @Override
  public boolean access(int id, int position) {
    if (resident(id)) {
      used.set(id);
      return true;
    }
    if (counts[HOT] < capacity - leastCold && residents() < capacity) {
      toFront(id, HOT);
    } else if (residents() < capacity) {
      toFront(id, COLD_IN_TEST);
    } else {
      while (residents() == capacity) {
        moveColdHand();
      }
      toFront(id, inTest(id) && promotes(id) ? HOT : COLD_IN_TEST);
    }
    settleHands();
    return false;
  }

  private long residents() {
    return (long) counts[HOT] + counts[COLD] + counts[COLD_IN_TEST];
  }

  private boolean resident(int id) {
    return states[id] == HOT || cold(id);
  }

  private boolean cold(int id) {
    return states[id] == COLD || states[id] == COLD_IN_TEST;
  }

  private boolean inTest(int id) {
    return states[id] == COLD_IN_TEST || states[id] == GONE_IN_TEST;
  }

  private void moveColdHand() {
    settleColdHand();
    int page = coldHand;
    if (used.get(page)) {
      boolean hot = inTest(page) && promotes(page);
      toFront(page, hot ? HOT : COLD_IN_TEST);
    } else if (inTest(page)) {
      state(page, GONE_IN_TEST);
      while (counts[GONE_IN_TEST] > capacity) {
        settleTestHand();
        endTest(testHand);
      }
    } else {
      takeOut(page);
    }
    settleHands();
  }

  /** Whether a page that was used in its test may become hot. */
  private boolean promotes(int page) {
    retarget(1);
    while (counts[HOT] >= capacity - coldTarget) {
      if (!inTest(page) || !demotesOneBehind(page)) {
        return false;
      }
    }
    return true;
  }

  /** Moves the hot hand until a hot page has become cold, or it meets the page. */
  private boolean demotesOneBehind(int page) {
    settleHotHand();
    boolean demoted = false;
    while (!demoted && hotHand != NONE && hotHand != page) {
      int passed = hotHand;
      if (states[passed] == HOT) {
        demoted = !used.get(passed);
        toFront(passed, demoted ? COLD : HOT);
      } else {
        hotHand = ahead(passed);
        endTest(passed);
      }
    }
    settleHotHand();
    return demoted;
  }

  private void endTest(int page) {
    if (inTest(page)) {
      retarget(used.get(page) ? 1 : -1);
      if (states[page] == GONE_IN_TEST) {
        takeOut(page);
      } else {
        state(page, COLD);
      }
    }
  }

  private void retarget(int change) {
    coldTarget = Math.min(mostCold, Math.max(leastCold, coldTarget + change));
  }

  private void settleHands() {
    settleColdHand();
    settleHotHand();
    settleTestHand();
  }

  private void settleColdHand() {
    coldHand = counts[COLD] + counts[COLD_IN_TEST] == 0 ? NONE : start(coldHand);
    while (coldHand != NONE && !cold(coldHand)) {
      coldHand = ahead(coldHand);
    }
  }

  private void settleHotHand() {
    hotHand = counts[HOT] == 0 ? NONE : start(hotHand);
    while (hotHand != NONE && states[hotHand] != HOT) {
      int passed = hotHand;
      hotHand = ahead(passed);
      endTest(passed);
    }
  }

  private void settleTestHand() {
    testHand = counts[COLD_IN_TEST] + counts[GONE_IN_TEST] == 0 ? NONE : start(testHand);
    while (testHand != NONE && !inTest(testHand)) {
      testHand = ahead(testHand);
    }
  }

  private int start(int hand) {
    return hand == NONE ? clock.back(0) : hand;
  }

  private int ahead(int page) {
    int next = clock.towardFront(page);
    return next == clock.head(0) ? NONE : next;
  }

  private void toFront(int page, byte state) {
    leaveHands(page);
    used.clear(page);
    clock.moveToFront(0, page);
    state(page, state);
  }

  private void takeOut(int page) {
    leaveHands(page);
    clock.remove(page);
    state(page, OUT);
  }

  /** No hand may stand on a page that goes elsewhere. */
  private void leaveHands(int page) {
    hotHand = hotHand == page ? ahead(page) : hotHand;
    coldHand = coldHand == page ? ahead(page) : coldHand;
    testHand = testHand == page ? ahead(page) : testHand;
  }

  private void state(int page, byte state) {
    counts[states[page]]--;
    states[page] = state;
    counts[state]++;
  }
}
