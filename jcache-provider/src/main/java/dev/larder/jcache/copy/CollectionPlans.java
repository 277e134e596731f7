package dev.larder.jcache.copy;

import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;

/** How collections of the JDK are copied. */
final class CollectionPlans {
  private CollectionPlans() {}

  /** Collections that are filled one by one. */
  static final class Elements extends Plan {
    private final IntFunction<Collection<Object>> empty;
    private final boolean hashed;

    Elements(IntFunction<Collection<Object>> empty, boolean hashed) {
      this.empty = empty;
      this.hashed = hashed;
    }

    @Override
    Object copy(Object original, Graph graph) {
      var elements = (Collection<?>) original;
      var copy = empty.apply(elements.size());
      graph.made(original, copy);
      for (var element : elements) {
        copy.add(hashed ? graph.copyKey(element) : graph.copy(element));
      }
      return copy;
    }
  }

  /** Sorted sets. */
  static final class SortedElements extends Plan {
    @Override
    Object copy(Object original, Graph graph) {
      var set = (SortedSet<?>) original;
      graph.mustBeShared(set.comparator());
      set.forEach(graph::mustBeShared);
      return ((TreeSet<?>) set).clone();
    }
  }

  private static Object[] copies(Collection<?> elements, boolean hashed, Graph graph) {
    var copies = elements.toArray();
    for (var i = 0; i < copies.length; i++) {
      copies[i] = hashed ? graph.copyKey(copies[i]) : graph.copy(copies[i]);
    }
    return copies;
  }

  /** Collections that cannot change: rebuilt only where an element is not shared. */
  static final class Fixed extends Plan {
    private final Function<Object[], Object> of;

    Fixed(Function<Object[], Object> of) {
      this.of = of;
    }

    @Override
    Object copy(Object original, Graph graph) {
      var before = graph.changes();
      var copies = copies((Collection<?>) original, original instanceof Set<?>, graph);
      return graph.changes() == before ? original : rebuilt(copies);
    }

    private Object rebuilt(Object[] copies) {
      for (var each : copies) {
        if (each == null) {
          throw new Unplanned(); // Stream.toList takes null, List.of does not
        }
      }
      return of.apply(copies);
    }
  }
}
