package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy.Element;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/*
 *                          read                        read, or read often before
 *                         +----+                              +----+
 *                         v    |                              v    |
 *   new entry --------> FILTER ------- not read --> leaves   MAIN ------- not read --> leaves
 *      |                       |  younger than the oldest     ^
 *      |                       |  of main: is a ghost         |
 *      +-- seen again after a time shorter than the age of the oldest entry of main
 *
 * Both rings are clocks: an entry that was read when the hand reaches it gets another round. What
 * differs is the way in. An entry gets into main only when two of its uses were closer together than
 * the oldest entry of main is old, that is, when it is used more often than something main keeps: the
 * test of reuse distances of LIRS (Jiang and Zhang, SIGMETRICS 2002) and FRD (Park and Park, MASCOTS
 * 2017), done with time stamps instead of a stack. So a scan or a loop longer than the cache passes
 * through the filter and leaves main alone; how much room the filter has says how long an entry has
 * to prove itself, and which length suits depends on the work: see Shadows.
 *
 * Main counts in how many rounds an entry was read, up to a few, and takes one off instead of
 * throwing it out: a frequency for the price of two bits, which the bit per read alone cannot give
 * (GCLOCK, Smith, TODS 1978). Whether that helps depends on the work, too.
 *
 * Shares are taken of the weight that is held, not of the capacity the store tells: when the store
 * asks for a victim the two are the same, but a store may be bounded by entries, weight and bytes at
 * once, or be asked to evict by hand. Main is below its share when a cache has just filled up and
 * when the share of the filter became smaller. Then what was read in the filter moves over without a
 * test, and of the rest one in four. But where nothing at all is read in the filter the work is a
 * loop or a scan, in which any full main is better than a better one later: then all move over.
 *
 * The test has a gap. When the work changes to a loop so long that the ghosts forget each key before
 * it comes round, nothing is ever proven, and main would be left for good with what the work before
 * it wanted. So an entry of main that nobody looked at for 32 cachefuls gets a look, and of those not
 * read one in eight leaves. Not all, for in a loop of more than 32 cachefuls no entry is read in time,
 * and some that stay are all the hits there are. That also keeps times within what their stamps tell.
 *
 * No call takes long: a hand that has gone a thousand steps takes the next entry, read or not, and
 * so does one that has gone round, or readers could keep it going for ever. Few entries at a time
 * move over.
 */
/**
 * The two rings, the ghosts and the test between them, with given settings. Learns of reads by the
 * reference bit alone. Amortized O(1); about 16 bytes per entry, 20 with weights.
 *
 * @param <E> the entries
 */
final class TwoRings<E extends Element> {
  private static final int LONGEST_WAY = 1_000;
  private static final int MOVES_PER_VICTIM = 16;
  private static final int UNREAD_OF_A_LOOP = 32;
  private static final int UNREAD_FOR_A_MOVE = 4;

  /** Half of what the stamps of a ring tell apart. */
  private static final int STALE = 32 * ArrivalClock.CACHEFUL;

  private static final int UNREAD_OF_STALE = 8;
  private static final int LOOKS_PER_VICTIM = 4;

  private final ArrivalClock clock = new ArrivalClock();
  private final GhostTable ghosts = new GhostTable();
  private final Segments segments = new Segments();
  private final Ring<E> filter = new Ring<>(segments);
  private final Ring<E> main = new Ring<>(segments);
  private RingSettings settings;

  /** How many entries in a row came out of the filter unread while main had room. */
  private int unread;

  /** How many entries of a stale main were found unread. */
  private int stale;

  /** Empty rings. */
  TwoRings(RingSettings settings) {
    this.settings = settings;
  }

  /** Lives by other settings from now on; entries move as others come and go. */
  void set(RingSettings replacement) {
    settings = replacement;
  }

  int count() {
    return filter.count() + main.count();
  }

  boolean holds(E entry) {
    int slot = entry.index();
    var segment = segments.of(slot);
    return segment != null && segment.entries[slot % Segment.LENGTH] == entry;
  }

  /** Takes in an entry that is not held. */
  void add(E entry) {
    clock.arrival(count() + 1);
    long now = clock.now();
    ghosts.sweep(now);
    int age = ghosts.forget(entry.hash(), now);
    boolean proven = age != GhostTable.UNKNOWN && (mainHasRoomBeside(entry) || age < ageOfMain());
    (proven ? main : filter).add(entry, entry.weight(), 0, now);
  }

  /** Lets go of an entry that is held. */
  void remove(E entry) {
    ringOf(entry).remove(entry);
  }

  /** Takes note of the weight that an entry has now. */
  void weigh(E entry) {
    ringOf(entry).weigh(entry, entry.weight());
  }

  /**
   * Lets go of the entry to leave next; null when none may leave.
   *
   * @param spared an entry that leaves only when no other may; null for none
   */
  @Nullable E evict(Predicate<? super E> mayLeave, @Nullable E spared) {
    var victim = fromStaleMain(mayLeave, spared);
    if (victim == null) {
      victim = fromFilter(mayLeave, spared);
    }
    if (victim == null) {
      victim = fromMain(mayLeave, spared);
    }
    if (victim == null) {
      victim = fromAnywhere(main, mayLeave, spared);
    }
    if (victim == null) {
      victim = fromAnywhere(filter, mayLeave, spared);
    }
    if (victim == null && spared != null && holds(spared) && mayLeave.test(spared)) {
      remove(spared);
      victim = spared;
    }
    return victim;
  }

  /** Shows the entries, those next to leave first as far as that can be said. */
  void forEach(Consumer<? super E> visitor) {
    filter.forEach(visitor);
    main.forEach(visitor);
  }

  private @Nullable E fromFilter(Predicate<? super E> mayLeave, @Nullable E spared) {
    int moves = 0;
    int steps = 0;
    for (int left = filter.count(); left > 0 && filterIsOverItsShare(); left--) {
      var entry = filter.oldest();
      if (entry == null || entry == spared) {
        return null;
      }
      boolean room = mainHasRoom(entry.weight());
      if (steps < LONGEST_WAY && entry.takeReference()) {
        steps++;
        unread = 0;
        (room ? main : filter).add(entry, filter.remove(entry), 0, clock.now());
      } else if (room && moves < MOVES_PER_VICTIM && unreadMoves()) {
        moves++;
        main.add(entry, filter.remove(entry), 0, clock.now());
      } else if (mayLeave.test(entry)) {
        leaveFilter(entry);
        return entry;
      } else {
        filter.add(entry, filter.remove(entry), 0, clock.now());
      }
    }
    return null;
  }

  /** Whether an entry that was not read is to fill main up. */
  private boolean unreadMoves() {
    unread++;
    return unread > UNREAD_OF_A_LOOP || unread % UNREAD_FOR_A_MOVE == 0;
  }

  private void leaveFilter(E entry) {
    long now = clock.now();
    int age = filter.age(now);
    if (mainHasRoom(entry.weight()) || age < ageOfMain()) {
      ghosts.remember(entry.hash(), now - age, now, count());
    }
    filter.remove(entry);
  }

  /** Looks at the oldest of main when nobody has for long, and lets one of several unread leave. */
  private @Nullable E fromStaleMain(Predicate<? super E> mayLeave, @Nullable E spared) {
    for (int left = LOOKS_PER_VICTIM; left > 0 && mainIsStale(); left--) {
      var victim =
          lookAtMain(entry -> ++stale % UNREAD_OF_STALE == 0 && mayLeave.test(entry), spared);
      if (victim != null) {
        return victim;
      }
    }
    return null;
  }

  private @Nullable E fromMain(Predicate<? super E> mayLeave, @Nullable E spared) {
    int steps = Math.min(main.count(), LONGEST_WAY);
    for (int left = steps; left > 0; left--) {
      var victim = lookAtMain(mayLeave, spared);
      if (victim != null) {
        return victim;
      }
    }
    return null;
  }

  /** Takes the oldest of main out or gives it another round; null when nothing was taken out. */
  private @Nullable E lookAtMain(Predicate<? super E> mayLeave, @Nullable E spared) {
    var entry = main.oldest();
    if (entry == null) {
      return null;
    }
    int uses = main.uses(entry);
    if (entry.takeReference()) {
      uses = Math.min(settings.mostUses(), uses + 1);
    } else if (Math.min(settings.mostUses(), uses) > 0) {
      uses--;
    } else if (entry != spared && mayLeave.test(entry)) {
      main.remove(entry);
      return entry;
    }
    main.add(entry, main.remove(entry), uses, clock.now());
    return null;
  }

  /** Takes the oldest entry that may leave, read or not. */
  private @Nullable E fromAnywhere(
      Ring<E> ring, Predicate<? super E> mayLeave, @Nullable E spared) {
    for (int left = ring.count(); left > 0; left--) {
      var entry = ring.oldest();
      if (entry == null) {
        return null;
      }
      if (entry != spared && mayLeave.test(entry)) {
        ring.remove(entry);
        return entry;
      }
      int uses = ring.uses(entry);
      ring.add(entry, ring.remove(entry), uses, clock.now());
    }
    return null;
  }

  /** A filter of one entry is never over its share. */
  private boolean filterIsOverItsShare() {
    return filter.count() > 1 && filter.weight() > filterShare();
  }

  /** Whether main is below its share even when so much leaves the filter. */
  private boolean mainHasRoom(int leaving) {
    return main.count() == 0 || filter.weight() - leaving > filterShare();
  }

  /** Whether main is below its share when this entry is in; by then the share of both has grown. */
  private boolean mainHasRoomBeside(E newcomer) {
    return main.count() == 0 || filter.weight() > filterShare(weight() + newcomer.weight());
  }

  private boolean mainIsStale() {
    return main.count() > 0 && ageOfMain() > STALE;
  }

  private long filterShare() {
    return filterShare(weight());
  }

  private long filterShare(long all) {
    return Math.max(1, all * settings.filterPercent() / 100);
  }

  private long weight() {
    return filter.weight() + main.weight();
  }

  private int ageOfMain() {
    return main.age(clock.now());
  }

  @SuppressWarnings("unchecked") // The segments of these rings are in one of these two.
  private Ring<E> ringOf(E entry) {
    var segment = segments.of(entry.index());
    if (segment == null || segment.ring == null) {
      throw new IllegalStateException("this entry is not held");
    }
    return (Ring<E>) segment.ring;
  }
}
