package dev.larder.benchmarks.simulator;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * CLOCK-Pro without hands: where a hand would stand is looked for each time, from the oldest on.
 */
final class ClockProModel extends PlainModel {
  private enum Kind {
    HOT,
    COLD,
    COLD_IN_TEST,
    GONE_IN_TEST
  }

  private final List<Integer> clock = list();
  private final Map<Integer, Kind> kinds = new HashMap<>();
  private final Set<Integer> used = new HashSet<>();
  private final int least;
  private int target;

  ClockProModel(int capacity) {
    super(capacity);
    least = Math.max(1, capacity / 100);
    target = least;
  }

  @Override
  boolean access(Integer x) {
    if (resident(x)) {
      used.add(x);
      return true;
    }
    if (residents() == capacity) {
      while (residents() == capacity) {
        turnCold();
      }
      put(x, inTest(x) && promotes(x) ? Kind.HOT : Kind.COLD_IN_TEST);
    } else {
      put(x, count(Kind.HOT) < capacity - least ? Kind.HOT : Kind.COLD_IN_TEST);
    }
    endTestsBehindHot();
    return false;
  }

  private void turnCold() {
    var page = oldest(this::cold);
    if (used.contains(page)) {
      put(page, inTest(page) && promotes(page) ? Kind.HOT : Kind.COLD_IN_TEST);
    } else if (inTest(page)) {
      kinds.put(page, Kind.GONE_IN_TEST);
      while (count(Kind.GONE_IN_TEST) > capacity) {
        endTest(oldest(this::inTest));
      }
    } else {
      clock.remove(page);
      kinds.remove(page);
    }
    endTestsBehindHot();
  }

  private boolean promotes(Integer page) {
    retarget(1);
    while (count(Kind.HOT) >= capacity - target) {
      if (!inTest(page) || !demotesOneBehind(page)) {
        return false;
      }
    }
    return true;
  }

  private boolean demotesOneBehind(Integer page) {
    while (count(Kind.HOT) > 0) {
      var met = oldest(other -> hot(other) || inTest(other));
      if (hot(met)) {
        boolean demoted = !used.contains(met);
        put(met, demoted ? Kind.COLD : Kind.HOT);
        if (demoted) {
          endTestsBehindHot();
          return true;
        }
      } else if (met.equals(page)) {
        break;
      } else {
        endTest(met);
      }
    }
    endTestsBehindHot();
    return false;
  }

  private void endTestsBehindHot() {
    while (count(Kind.HOT) > 0 && !hot(oldest(page -> hot(page) || inTest(page)))) {
      endTest(oldest(this::inTest));
    }
  }

  private void endTest(Integer page) {
    retarget(used.contains(page) ? 1 : -1);
    if (kinds.get(page) == Kind.GONE_IN_TEST) {
      clock.remove(page);
      kinds.remove(page);
    } else {
      kinds.put(page, Kind.COLD);
    }
  }

  private void retarget(int change) {
    target = Math.min(Math.max(least, capacity - least), Math.max(least, target + change));
  }

  private void put(Integer page, Kind kind) {
    toEnd(clock, page);
    kinds.put(page, kind);
    used.remove(page);
  }

  private Integer oldest(Predicate<Integer> wanted) {
    return clock.stream().filter(wanted).findFirst().orElseThrow();
  }

  private long count(Kind kind) {
    return kinds.values().stream().filter(other -> other == kind).count();
  }

  private long residents() {
    return kinds.size() - count(Kind.GONE_IN_TEST);
  }

  private boolean resident(Integer page) {
    return hot(page) || cold(page);
  }

  private boolean hot(Integer page) {
    return kind(page) == Kind.HOT;
  }

  private boolean cold(Integer page) {
    return kind(page) == Kind.COLD || kind(page) == Kind.COLD_IN_TEST;
  }

  private boolean inTest(Integer page) {
    return kind(page) == Kind.COLD_IN_TEST || kind(page) == Kind.GONE_IN_TEST;
  }

  private @Nullable Kind kind(Integer page) {
    return kinds.get(page);
  }
}
