package dev.larder.engine;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The head of a bin of the {@link NodeTable} in which so many keys met that a walk along them would
 * be slow: by chance hardly ever, by design when somebody sends keys of one hash code. Keys that
 * are {@link Comparable} are kept in their order here, so that finding one among n takes O(log n);
 * others stay in the chain behind this head and are searched one by one, as in every hash table.
 *
 * <p>Keys of different classes are never compared; keys that compare as equal but are not share a
 * place. Changed under the stripe lock of the table only, read without.
 */
final class Crowd<K, V> extends Node<K, V> {
  private static final Comparator<Object> ORDER =
      Comparator.<Object, String>comparing(key -> key.getClass().getName())
          .thenComparing(Crowd::compareWithinName);

  private final ConcurrentSkipListMap<Object, List<Node<K, V>>> ordered =
      new ConcurrentSkipListMap<>(ORDER);

  Crowd() {
    super(null, 0);
  }

  @SuppressWarnings("unchecked") // keys of one class, which is Comparable
  private static int compareWithinName(Object a, Object b) {
    return a.getClass() == b.getClass()
        ? ((Comparable<Object>) a).compareTo(b)
        // Classes of one name from two loaders.
        : Integer.compare(
            System.identityHashCode(a.getClass()), System.identityHashCode(b.getClass()));
  }

  static boolean takes(@Nullable Object key) {
    return key instanceof Comparable;
  }

  /** The node of a key that {@link #takes} holds for, or null. */
  @Nullable Node<K, V> find(Object key) {
    for (var node : ordered.getOrDefault(key, List.of())) {
      if (node.has(key)) {
        return node;
      }
    }
    return null;
  }

  void add(Object key, Node<K, V> node) {
    ordered.merge(key, List.of(node), Crowd::joined);
  }

  private static <T> List<T> joined(List<T> some, List<T> more) {
    return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
  }

  /** Takes the node out; false when it is not here. */
  boolean remove(Object key, Node<K, V> node) {
    var together = ordered.get(key);
    if (together == null || !together.contains(node)) {
      return false;
    }
    var left = together.stream().filter(each -> each != node).toList();
    if (left.isEmpty()) {
      ordered.remove(key);
    } else {
      ordered.put(key, left);
    }
    return true;
  }

  void addTo(List<Node<K, V>> nodes) {
    ordered.values().forEach(nodes::addAll);
  }
}
