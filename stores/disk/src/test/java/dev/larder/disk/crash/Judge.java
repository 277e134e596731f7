package dev.larder.disk.crash;

import dev.larder.disk.crash.Acknowledgements.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Says what each key may hold after a process has ended: the state after some operation on it that
 * had begun, and none before the last that had to be on disk.
 */
final class Judge {
  /** How far the clock of the cache may be behind, and times be rounded. */
  private static final long SLACK = 150;

  private static final int COUNTERS = Hand.id(Subject.COUNTERS, 0);

  /** What a key holds after an operation; sequence 0 is absent. */
  private record State(long sequence, long start, long end, long life, boolean mayVanish) {}

  private final Map<Integer, List<State>> histories = new HashMap<>();
  private final Map<Integer, Long> before;
  private final Map<Integer, long[]> counts = new HashMap<>();
  private final long lastBeat;
  private final long lastBeatWall;
  private final long limit;
  private long oldestLoss;

  /**
   * @param before what the keys held before, absent ones left out
   * @param window for how long before its end the process may have lost what was acknowledged, in
   *     nanoseconds; negative for not at all
   */
  Judge(Acknowledgements log, Map<Integer, Long> before, long window) {
    this.before = before;
    this.lastBeat = log.lastBeat();
    this.lastBeatWall = log.lastBeatWall();
    this.limit = window < 0 ? Long.MAX_VALUE : lastBeat - window;
    for (int thread = 0; thread < Acknowledgements.THREADS; thread++) {
      log.of(thread).forEach(this::add);
    }
  }

  private void add(Operation operation) {
    switch (operation.kind()) {
      case SEEN -> seen(operation.number(), operation.sequence());
      case PUT -> state(operation.number(), operation.sequence(), operation);
      case REMOVE -> state(operation.number(), 0, operation);
      case CLEAR -> {
        for (int i = 0; i < Hand.KEYS; i++) {
          state(operation.number() + i, 0, operation);
        }
      }
      case BATCH -> {
        for (int i = 0; i < Subject.GROUP; i++) {
          var put = (operation.mask() >> i & 1) == 1;
          state(operation.number() + i, put ? operation.sequence() : 0, operation);
        }
      }
      case COUNT -> count(operation);
    }
  }

  /** A process that opens the file must find what was found in it before. */
  private void seen(int number, long sequence) {
    var was = before.getOrDefault(number, 0L);
    if (sequence != was && !(sequence == 0 && vanishes(number))) {
      throw new AssertionError(
          shown(number) + " held " + was + " when checked, " + sequence + " when opened again");
    }
  }

  private static boolean vanishes(int number) {
    var subject = Subject.ALL.get(number / Hand.SUBJECT);
    return subject == Subject.SMALL || subject == Subject.EXPIRING;
  }

  private void state(int number, long sequence, Operation by) {
    history(number).add(new State(sequence, by.start(), by.end(), by.life(), false));
  }

  private List<State> history(int number) {
    return histories.computeIfAbsent(
        number,
        any -> {
          var states = new ArrayList<State>();
          var was = before.getOrDefault(number, 0L);
          states.add(new State(was, 0, 1, 0, vanishes(number)));
          return states;
        });
  }

  /** Begun, and the highest that must be there. */
  private void count(Operation operation) {
    var count = counts.computeIfAbsent(operation.number(), any -> new long[2]);
    count[0]++;
    if (operation.acknowledged() && operation.end() <= limit) {
      count[1] = Math.max(count[1], operation.sequence());
    }
  }

  /** The age of the oldest acknowledged operation that was found lost, in nanoseconds. */
  long oldestLoss() {
    return oldestLoss;
  }

  /** Checks what all keys hold; absent ones are left out. */
  void checkAll(Map<Integer, Long> found) {
    for (int number : all()) {
      check(number, found.getOrDefault(number, 0L));
      if (number / Hand.SUBJECT == Subject.GROUPS.place()
          && number % Hand.SPAN % Subject.GROUP == 0) {
        var group = new long[Subject.GROUP];
        for (int i = 0; i < Subject.GROUP; i++) {
          group[i] = found.getOrDefault(number + i, 0L);
        }
        checkGroup(number, group);
      }
    }
  }

  private static List<Integer> all() {
    var all = new ArrayList<Integer>();
    for (var subject : Subject.ALL) {
      for (int thread = 0; thread < Acknowledgements.THREADS; thread++) {
        for (int i = 0; i < Hand.KEYS; i++) {
          all.add(Hand.id(subject, thread * Hand.SPAN + i));
        }
      }
    }
    return all;
  }

  /** Checks what one key holds; 0 for nothing. */
  private void check(int number, long found) {
    if (number >= COUNTERS) {
      checkCount(number, found);
      return;
    }
    var history = history(number);
    var must = must(history);
    for (int i = history.size() - 1; i >= must; i--) {
      if (explains(history.get(i), found, number)) {
        noteLoss(history, i);
        return;
      }
    }
    throw new AssertionError(complaint(number, found, history, must));
  }

  /** Checks that no key holds what it never held; absent ones do not matter. */
  void checkKnown(Map<Integer, Long> found) {
    found.forEach(this::check);
  }

  /** Checks that a batch is there as a whole or not at all. */
  private void checkGroup(int first, long[] found) {
    var must = must(history(first));
    for (int i = history(first).size() - 1; i >= must; i--) {
      boolean all = true;
      for (int k = 0; k < Subject.GROUP; k++) {
        all &= history(first + k).get(i).sequence() == found[k];
      }
      if (all) {
        return;
      }
    }
    throw new AssertionError("a batch is torn at " + shown(first) + ": " + Arrays.toString(found));
  }

  private void checkCount(int number, long found) {
    var was = before.getOrDefault(number, 0L);
    var count = counts.getOrDefault(number, new long[2]);
    if (found < Math.max(was, count[1]) || found > was + count[0]) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "%s is %d; it was %d, %d counts began, and %d had to be on disk",
              shown(number),
              found,
              was,
              count[0],
              count[1]));
    }
  }

  /** The last state that had to be on disk. */
  private int must(List<State> history) {
    int must = 0;
    for (int i = 0; i < history.size(); i++) {
      var end = history.get(i).end();
      if (end != 0 && end <= limit) {
        must = i;
      }
    }
    return must;
  }

  private boolean explains(State state, long found, int number) {
    if (found == 0) {
      var expired = state.life() > 0 && wall(state.start()) + state.life() - SLACK <= lastBeatWall;
      return state.sequence() == 0 || state.mayVanish() || expired || smallKey(number);
    }
    var alive =
        state.life() == 0
            || state.end() == 0
            || wall(state.end()) + state.life() + SLACK >= lastBeatWall;
    return state.sequence() == found && alive;
  }

  private static boolean smallKey(int number) {
    return number / Hand.SUBJECT == Subject.SMALL.place();
  }

  private long wall(long ticks) {
    return lastBeatWall - (lastBeat - ticks) / 1_000_000;
  }

  private void noteLoss(List<State> history, int found) {
    for (int i = found + 1; i < history.size(); i++) {
      if (history.get(i).end() != 0) {
        oldestLoss = Math.max(oldestLoss, lastBeat - history.get(i).end());
        return;
      }
    }
  }

  private String complaint(int number, long found, List<State> history, int must) {
    int at = -1;
    for (int i = 0; i < must; i++) {
      at = history.get(i).sequence() == found ? i : at;
    }
    if (at < 0) {
      return shown(number) + " holds " + found + ", which it never held or has outlived";
    }
    var lost = history.get(at + 1);
    return String.format(
        Locale.ROOT,
        "%s holds %d, but %d was acknowledged %d ms before the end",
        shown(number),
        found,
        lost.sequence(),
        (lastBeat - lost.end()) / 1_000_000);
  }

  static String shown(int number) {
    return Subject.ALL.get(number / Hand.SUBJECT).name + " " + number % Hand.SUBJECT;
  }
}
