package dev.larder.jcache.copy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether two values are built alike: the same classes, equal leaves, and the same object in two
 * places of one exactly where it is the same in those of the other. Objects that serialization
 * replaces by others ({@code List.of}, EnumSet) lose that by being serialized, so of them it is not
 * asked.
 */
final class Likeness {
  private final IdentityHashMap<Object, Object> there = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Object> back = new IdentityHashMap<>();

  /** The first difference as a path, or null. */
  static String difference(Object one, Object other) {
    return new Likeness().compare(one, other, "value");
  }

  private String compare(Object one, Object other, String path) {
    if (Walk.leaf(one) || Walk.leaf(other)) {
      return Objects.equals(one, other) ? null : path + ": " + one + " and " + other;
    }
    if (one.getClass() != other.getClass()) {
      return path + ": " + one.getClass() + " and " + other.getClass();
    }
    if (!replaced(one)) {
      if (there.containsKey(one) || back.containsKey(other)) {
        return there.get(one) == other && back.get(other) == one ? null : path + ": other identity";
      }
      there.put(one, other);
      back.put(other, one);
    }
    return Walk.mutableValue(one) ? values(one, other, path) : parts(one, other, path);
  }

  /** Atomic numbers have no equals. */
  private static String values(Object one, Object other, String path) {
    return one.toString().equals(other.toString()) ? null : path + ": " + one + " and " + other;
  }

  private String parts(Object one, Object other, String path) {
    var ours = ordered(one);
    var theirs = ordered(other);
    if (ours.size() != theirs.size()) {
      return path + ": " + ours.size() + " and " + theirs.size() + " parts";
    }
    for (var i = 0; i < ours.size(); i++) {
      var name = path + "/" + one.getClass().getSimpleName() + "." + i;
      var difference = compare(ours.get(i), theirs.get(i), name);
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private static boolean replaced(Object object) {
    return object.getClass().getName().startsWith("java.util.ImmutableCollections$")
        || object instanceof EnumSet<?>;
  }

  /** Parts in an order that does not depend on how large a hash table is. */
  private static List<Object> ordered(Object object) {
    if (object instanceof Set<?> set && hashed(object)) {
      return sorted(set);
    }
    if (object instanceof Map<?, ?> map && hashed(object)) {
      var parts = new ArrayList<Object>();
      for (var key : sorted(map.keySet())) {
        parts.add(key);
        parts.add(map.get(key));
      }
      return parts;
    }
    return Walk.parts(object);
  }

  private static boolean hashed(Object object) {
    var type = object.getClass();
    return type == HashMap.class
        || type == HashSet.class
        || type == ConcurrentHashMap.class
        || type.getName().startsWith("java.util.ImmutableCollections$");
  }

  /** What is hashed in generated values has a text of its own or is a {@link Samples.Ticket}. */
  private static List<Object> sorted(Collection<?> elements) {
    var sorted = new ArrayList<Object>(elements);
    sorted.sort(
        Comparator.comparing(
            each ->
                each instanceof Samples.Ticket key
                    ? "key " + key.number
                    : each == null ? "" : each.getClass() + " " + each));
    return sorted;
  }
}
