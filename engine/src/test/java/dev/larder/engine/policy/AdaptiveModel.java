package dev.larder.engine.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The default policy with two queues, the oldest first, times in full and weights summed up anew
 * each time. Clock, ghosts and shadows are those of the policy, which have tests of their own, so
 * that both forget the same and choose the same.
 */
final class AdaptiveModel implements Model {
  private final Deque<Place> filter = new ArrayDeque<>();
  private final Deque<Place> main = new ArrayDeque<>();
  private final ArrivalClock clock = new ArrivalClock();
  private final GhostTable ghosts = new GhostTable();
  private final Shadows shadows = new Shadows();
  private @Nullable FakeEntry newcomer;
  private int unread;
  private int stale;

  private record Place(FakeEntry entry, int uses, long time) {
    int weight() {
      return entry.weight;
    }
  }

  @Override
  public void added(FakeEntry entry) {
    clock.arrival(count() + 1);
    ghosts.sweep(clock.now());
    int age = ghosts.forget(entry.hash(), clock.now());
    boolean proven =
        age != GhostTable.UNKNOWN
            && (main.isEmpty() || weight(filter) > filterShareWith(entry) || age < ageOfMain());
    (proven ? main : filter).addLast(new Place(entry, 0, clock.now()));
    newcomer = entry;
    shadows.holds(count());
    shadows.access(entry.hash());
  }

  @Override
  public void read(FakeEntry entry) {
    shadows.access(entry.hash());
  }

  @Override
  public void removed(FakeEntry entry) {
    filter.removeIf(p -> p.entry == entry);
    main.removeIf(p -> p.entry == entry);
    newcomer = newcomer == entry ? null : newcomer;
    shadows.removed(entry.hash());
  }

  @Override
  public @Nullable FakeEntry evict() {
    shadows.isFull(count() - 1);
    var victim = fromStaleMain();
    victim = victim != null ? victim : fromFilter();
    victim = victim != null ? victim : fromMain();
    victim = victim != null ? victim : firstThatMay(main);
    victim = victim != null ? victim : firstThatMay(filter);
    if (victim == null && newcomer != null && newcomer.mayLeave) {
      victim = newcomer;
      filter.removeIf(p -> p.entry == newcomer);
      main.removeIf(p -> p.entry == newcomer);
    }
    newcomer = newcomer == victim ? null : newcomer;
    return victim;
  }

  private @Nullable FakeEntry fromFilter() {
    int moved = 0;
    for (int left = filter.size(); left > 0; left--) {
      if (filter.size() <= 1 || weight(filter) <= filterShare()) {
        return null;
      }
      if (filter.getFirst().entry == newcomer) {
        return null;
      }
      var place = filter.removeFirst();
      boolean mainHasRoom = main.isEmpty() || weight(filter) > filterShare(place);
      boolean moves = mainHasRoom && moved < 16;
      if (place.entry.takeModelReference()) {
        unread = 0;
        (mainHasRoom ? main : filter).addLast(new Place(place.entry, 0, clock.now()));
      } else if (moves && (++unread > 32 || unread % 4 == 0)) {
        moved++;
        main.addLast(new Place(place.entry, 0, clock.now()));
      } else if (!place.entry.mayLeave) {
        filter.addLast(new Place(place.entry, 0, clock.now()));
      } else {
        if (mainHasRoom || clock.now() - place.time < ageOfMain()) {
          ghosts.remember(place.entry.hash(), place.time, clock.now(), count() + 1);
        }
        return place.entry;
      }
    }
    return null;
  }

  private @Nullable FakeEntry fromStaleMain() {
    for (int looks = 0; looks < 4 && !main.isEmpty() && ageOfMain() > 32 * 1_024; looks++) {
      var place = main.removeFirst();
      if (!staysInMain(place)) {
        if (place.entry != newcomer && ++stale % 8 == 0 && place.entry.mayLeave) {
          return place.entry;
        }
        main.addLast(new Place(place.entry, place.uses, clock.now()));
      }
    }
    return null;
  }

  private @Nullable FakeEntry fromMain() {
    for (int left = main.size(); left > 0; left--) {
      var place = main.removeFirst();
      if (!staysInMain(place)) {
        if (place.entry != newcomer && place.entry.mayLeave) {
          return place.entry;
        }
        main.addLast(new Place(place.entry, place.uses, clock.now()));
      }
    }
    return null;
  }

  /** Gives an entry that has just been taken out of main another round if it has earned that. */
  private boolean staysInMain(Place place) {
    int uses = place.uses;
    if (place.entry.takeModelReference()) {
      uses = Math.min(shadows.best().mostUses(), uses + 1);
    } else if (uses > 0 && shadows.best().mostUses() > 0) {
      uses--;
    } else {
      return false;
    }
    main.addLast(new Place(place.entry, uses, clock.now()));
    return true;
  }

  private @Nullable FakeEntry firstThatMay(Deque<Place> queue) {
    for (int left = queue.size(); left > 0; left--) {
      var place = queue.removeFirst();
      if (place.entry != newcomer && place.entry.mayLeave) {
        return place.entry;
      }
      queue.addLast(new Place(place.entry, place.uses, clock.now()));
    }
    return null;
  }

  private int count() {
    return filter.size() + main.size();
  }

  /** The share of the filter among all that are held and these, which have just been taken out. */
  private long filterShare(Place... takenOut) {
    long all = weight(filter) + weight(main);
    all += Stream.of(takenOut).mapToLong(Place::weight).sum();
    return Math.max(1, all * shadows.best().filterPercent() / 100);
  }

  private long ageOfMain() {
    return clock.now() - main.getFirst().time;
  }

  private long filterShareWith(FakeEntry arriving) {
    long all = weight(filter) + weight(main) + arriving.weight;
    return Math.max(1, all * shadows.best().filterPercent() / 100);
  }

  private static long weight(Deque<Place> queue) {
    return queue.stream().mapToLong(Place::weight).sum();
  }
}
