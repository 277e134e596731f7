package dev.larder.engine;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * How many bytes the collections and maps of the JDK take for so many elements, without the
 * elements: the object, its table or array, and its nodes. Capacity that was reserved and is not
 * used is not seen. Other implementations, and wrappers that hide theirs, are taken for hash tables
 * or arrays.
 */
final class ContainerLayout {
  private static final double LOAD = 0.75;

  /** Hash, key, value and next, of HashMap, Hashtable and ConcurrentHashMap. */
  private static final long HASH_NODE = ObjectLayout.object(3, Integer.BYTES);

  /** A hash node with before and after. */
  private static final long LINKED_NODE = ObjectLayout.object(5, Integer.BYTES);

  /** Key, value, left, right, parent and colour. */
  private static final long TREE_NODE = ObjectLayout.object(5, Byte.BYTES);

  /** Element, previous and next. */
  private static final long LIST_NODE = ObjectLayout.object(3, 0);

  private ContainerLayout() {}

  /** A collection of so many elements. */
  static long of(Collection<?> collection, int size) {
    long shallow = ObjectLayout.of(collection.getClass()).shallow();
    if (collection instanceof LinkedHashSet) {
      return shallow + shallow(LinkedHashMap.class) + hashTable(size) + size * LINKED_NODE;
    }
    if (collection instanceof SortedSet) {
      return shallow + shallow(TreeMap.class) + size * TREE_NODE;
    }
    if (collection instanceof EnumSet) {
      return shallow;
    }
    if (collection instanceof LinkedList) {
      return shallow + size * LIST_NODE;
    }
    if (collection instanceof Set) {
      return shallow + (isImmutable(collection) ? compact(size, 2) : hashSet(size));
    }
    return shallow + (isImmutable(collection) ? compact(size, 1) : ObjectLayout.pointers(size));
  }

  /** A map of so many entries. */
  static long of(Map<?, ?> map, int size) {
    long shallow = ObjectLayout.of(map.getClass()).shallow();
    if (map instanceof LinkedHashMap) {
      return shallow + hashTable(size) + size * LINKED_NODE;
    }
    if (map instanceof SortedMap) {
      return shallow + size * TREE_NODE;
    }
    if (map instanceof EnumMap) {
      return shallow + ObjectLayout.pointers(size);
    }
    return shallow + (isImmutable(map) ? compact(size, 4) : hashTable(size) + size * HASH_NODE);
  }

  /** Of {@code List.of}, {@code Set.of} and {@code Map.of}. */
  private static boolean isImmutable(Object container) {
    return container.getClass().getName().startsWith("java.util.ImmutableCollections$");
  }

  /** One array; none for the one or two references that fit into fields. */
  private static long compact(int size, int pointersEach) {
    return size <= (pointersEach == 4 ? 1 : 2)
        ? 0
        : ObjectLayout.pointers((long) size * pointersEach);
  }

  private static long hashSet(int size) {
    return shallow(HashMap.class) + hashTable(size) + size * HASH_NODE;
  }

  /** A table with a power of two of buckets; none before the first entry. */
  private static long hashTable(int size) {
    if (size == 0) {
      return 0;
    }
    long needed = (long) Math.ceil(size / LOAD);
    return ObjectLayout.pointers(Math.max(16, Long.highestOneBit(needed - 1) << 1));
  }

  private static long shallow(Class<?> type) {
    return ObjectLayout.of(type).shallow();
  }
}
