package dev.larder.jcache.copy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One value on its way to being copied: knows what was copied already, so that what the value holds
 * twice its copy holds twice, and circles close. Has serialization do it ({@link Unplanned}) where
 * the outcome would depend on how far an object has been built: a record in a circle, a key that
 * changes hands in a value with circles; and where the value is too deep for the stack.
 *
 * <p>Few objects are looked up one by one, many by a table of their identity hash codes.
 */
final class Graph {
  /** Deeper than this serialization decides, whose own limit is 200. */
  private static final int DEEPEST = 100;

  private static final int FEW = 8;

  private final Plans plans;
  private Object[] originals = new Object[FEW];
  private @Nullable Object[] copies = new Object[FEW];
  private boolean[] finished = new boolean[FEW];
  private int[] table = {};
  private int size;
  private int depth;
  private int changes;
  private boolean circular;

  Graph(Plans plans) {
    this.plans = plans;
  }

  /** A copy, the same for the same object; null of null. */
  @SuppressWarnings("NullAway") // what refers to nothing has a copy that does
  Object copy(@Nullable Object original) {
    if (original == null || original instanceof String) {
      return original;
    }
    var plan = plans.of(original.getClass());
    if (plan == Plan.SHARED) {
      return original;
    }
    var known = find(original);
    return known >= 0 ? again(known) : first(original, plan);
  }

  private Object first(Object original, Plan plan) {
    if (++depth > DEEPEST) {
      throw new Unplanned();
    }
    var place = add(original);
    var copy = plan.copy(original, this);
    copies[place] = copy;
    finished[place] = true;
    depth--;
    return counted(original, copy);
  }

  private Object again(int place) {
    var copy = copies[place];
    circular |= !finished[place];
    if (copy == null) {
      throw new Unplanned();
    }
    return counted(originals[place], copy);
  }

  private Object counted(Object original, Object copy) {
    if (copy != original) {
      changes++;
    }
    return copy;
  }

  /**
   * As {@link #copy}, for what is going to be hashed: not while it may lead to something
   * unfinished.
   */
  Object copyKey(@Nullable Object original) {
    var copy = copy(original);
    if (copy != original && circular) {
      throw new Unplanned();
    }
    return copy;
  }

  /** For a comparator, or what is sorted by it: another object might be sorted otherwise. */
  void mustBeShared(@Nullable Object object) {
    if (copy(object) != object) {
      throw new Unplanned();
    }
  }

  /** The object now has a copy, if an empty one, which what it refers to may refer back to. */
  void made(Object original, Object copy) {
    copies[originals[size - 1] == original ? size - 1 : find(original)] = copy;
  }

  /** Grows whenever an object is given a copy that is not itself. */
  int changes() {
    return changes;
  }

  private int find(Object original) {
    if (size <= FEW) {
      for (var i = 0; i < size; i++) {
        if (originals[i] == original) {
          return i;
        }
      }
      return -1;
    }
    var mask = table.length - 1;
    for (var slot = System.identityHashCode(original) & mask; ; slot = (slot + 1) & mask) {
      var place = table[slot] - 1;
      if (place < 0 || originals[place] == original) {
        return place;
      }
    }
  }

  private int add(Object original) {
    if (size == originals.length) {
      originals = Arrays.copyOf(originals, 2 * size);
      copies = Arrays.copyOf(copies, 2 * size);
      finished = Arrays.copyOf(finished, 2 * size);
      // Half full when the arrays are full, so that looking something up finds a gap soon.
      table = new int[4 * size];
      for (var i = 0; i < size; i++) {
        enter(i);
      }
    }
    originals[size] = original;
    if (size >= FEW) {
      enter(size);
    }
    return size++;
  }

  private void enter(int place) {
    var mask = table.length - 1;
    var slot = System.identityHashCode(originals[place]) & mask;
    while (table[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    table[slot] = place + 1;
  }
}
