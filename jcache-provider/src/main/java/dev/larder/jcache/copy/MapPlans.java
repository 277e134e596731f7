package dev.larder.jcache.copy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** How maps of the JDK are copied. */
final class MapPlans {
  private MapPlans() {}

  private static void fill(Map<Object, Object> copy, Map<?, ?> original, Graph graph) {
    original.forEach(
        (key, value) -> {
          var keyCopy = graph.copyKey(key);
          copy.put(keyCopy, graph.copy(value));
        });
  }

  /** Maps that are filled one by one. */
  static final class Entries extends Plan {
    private final IntFunction<Map<Object, Object>> empty;

    Entries(IntFunction<Map<Object, Object>> empty) {
      this.empty = empty;
    }

    @Override
    Object copy(Object original, Graph graph) {
      var map = (Map<?, ?>) original;
      var copy = empty.apply(JdkPlans.room(map.size()));
      graph.made(original, copy);
      fill(copy, map, graph);
      return copy;
    }
  }

  /** Linked hash maps: their clones order as they do. */
  static final class Linked extends Plan {
    @Override
    @SuppressWarnings("unchecked") // of its own class
    Object copy(Object original, Graph graph) {
      var map = (LinkedHashMap<Object, Object>) original;
      var copy = (LinkedHashMap<Object, Object>) map.clone();
      copy.clear();
      graph.made(original, copy);
      fill(copy, map, graph);
      return copy;
    }
  }

  /** Maps with keys that are shared, copied by a clone that gets copies of the values. */
  static final class Values extends Plan {
    private final UnaryOperator<Object> cloning;

    Values(UnaryOperator<Object> cloning) {
      this.cloning = cloning;
    }

    @Override
    @SuppressWarnings("unchecked") // of its own class
    Object copy(Object original, Graph graph) {
      var copy = (Map<Object, Object>) cloning.apply(original);
      graph.made(original, copy);
      copy.entrySet().forEach(entry -> entry.setValue(graph.copy(entry.getValue())));
      return copy;
    }
  }

  /** Sorted maps. */
  static final class Sorted extends Plan {
    private static final Plan VALUES = new Values(map -> ((TreeMap<?, ?>) map).clone());

    @Override
    Object copy(Object original, Graph graph) {
      var map = (SortedMap<?, ?>) original;
      graph.mustBeShared(map.comparator());
      map.keySet().forEach(graph::mustBeShared);
      return VALUES.copy(original, graph);
    }
  }

  /** Maps that cannot change: rebuilt only where a key or value is not shared. */
  static final class FixedEntries extends Plan {
    @Override
    Object copy(Object original, Graph graph) {
      var before = graph.changes();
      var copy = new HashMap<Object, Object>();
      fill(copy, (Map<?, ?>) original, graph);
      return graph.changes() == before ? original : Map.copyOf(copy);
    }
  }
}
