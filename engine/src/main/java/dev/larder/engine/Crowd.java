package dev.larder.engine;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The head of a bin of the {@link NodeTable} in which so many keys met that a walk along them would
 * be slow: by chance hardly ever, by design when somebody sends keys of one hash code. Keys that
 * are {@link Comparable} are kept in their order here, so that finding one among n takes O(log n);
 * others, and those whose {@code compareTo} throws, stay in the chain behind this head and are
 * searched one by one, as in every hash table.
 *
 * <p>Keys of different classes are never compared. Keys that compare as equal but are not share a
 * place; a key that equals one of another class is found by a walk along all of them, which only
 * crowds of several classes need. Changed under the stripe lock of the table only, read without.
 */
final class Crowd<K, V> extends Node<K, V> {
  private static final Comparator<Object> ORDER =
      Comparator.<Object, String>comparing(key -> key.getClass().getName())
          .thenComparing(Crowd::compareWithinName);

  private final ConcurrentSkipListMap<Object, List<Node<K, V>>> ordered =
      new ConcurrentSkipListMap<>(ORDER);

  /** Whether keys of several classes are, or were, here. */
  private volatile boolean mixed;

  private Crowd() {
    super(null, 0);
  }

  /** Those of the nodes that can be in a crowd; null when none of them can. */
  static <K, V> @Nullable Crowd<K, V> of(Node<K, V>[] nodes) {
    var crowd = new Crowd<K, V>();
    for (var node : nodes) {
      crowd.add(node);
    }
    return crowd.ordered.isEmpty() ? null : crowd;
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

  /** The node of the key, if it is here; null also when it could only be in the chain. */
  @Nullable Node<K, V> find(Object key) {
    var found = among(together(key), key);
    return found == null && mixed ? amongOthers(key) : found;
  }

  /** Those that share the place of the key; none when it has no place in the order. */
  private List<Node<K, V>> together(@Nullable Object key) {
    if (!takes(key)) {
      return List.of();
    }
    try {
      return ordered.getOrDefault(key, List.of());
    } catch (RuntimeException e) {
      // It cannot be compared, so it cannot have been put here.
      return List.of();
    }
  }

  private static <K, V> @Nullable Node<K, V> among(List<Node<K, V>> nodes, Object key) {
    for (var node : nodes) {
      if (node.has(key)) {
        return node;
      }
    }
    return null;
  }

  private @Nullable Node<K, V> amongOthers(Object key) {
    for (var nodes : ordered.values()) {
      var found = among(nodes, key);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  boolean holds(Node<K, V> node) {
    return together(node.key).contains(node);
  }

  /** Takes the node in; false when its key has no place in the order. */
  boolean add(Node<K, V> node) {
    var key = node.key;
    if (key == null || !takes(key)) {
      return false;
    }
    try {
      mixed |= !ordered.isEmpty() && ordered.firstKey().getClass() != key.getClass();
      ordered.merge(key, List.of(node), Crowd::joined);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static <T> List<T> joined(List<T> some, List<T> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /** Takes the node out; false when it is not here. */
  boolean remove(Node<K, V> node) {
    var key = node.key;
    var together = together(key);
    if (key == null || !together.contains(node)) {
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
