package dev.larder.jcache.copy;

import java.lang.reflect.Array;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at generated values from outside, by other means than what is tested. */
final class Walk {
  private Walk() {}

  /** Whether an object is a value without parts that concern anybody. */
  static boolean leaf(Object object) {
    return object == null
        || object instanceof Enum<?>
        || (!(object instanceof Collection<?> || object instanceof Map<?, ?>)
            && !object.getClass().isArray()
            && object.getClass().getName().startsWith("java.")
            && !mutableValue(object));
  }

  /** Values of the JDK that may be changed. */
  static boolean mutableValue(Object object) {
    return object instanceof java.util.Date
        || object instanceof java.util.BitSet
        || object instanceof java.util.concurrent.atomic.AtomicInteger
        || object instanceof java.util.concurrent.atomic.AtomicLong
        || object instanceof java.util.concurrent.atomic.AtomicBoolean;
  }

  /** What the JDK gives for {@code of}, and records and frozen objects: not to be changed. */
  static boolean unchangeable(Object object) {
    return object.getClass().getName().startsWith("java.util.ImmutableCollections$")
        || object instanceof Record
        || object instanceof Samples.Frozen;
  }

  /** What an object holds, nulls and values included, in an order that its copies share. */
  static List<Object> parts(Object object) {
    if (leaf(object) || mutableValue(object)) {
      return List.of();
    }
    var parts = new ArrayList<Object>();
    if (object.getClass().isArray()) {
      for (var i = 0; i < Array.getLength(object); i++) {
        parts.add(Array.get(object, i));
      }
    } else if (object instanceof Collection<?> elements) {
      parts.addAll(elements);
    } else if (object instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            parts.add(key);
            parts.add(value);
          });
    } else {
      fields(object, parts);
    }
    return parts;
  }

  private static void fields(Object object, List<Object> parts) {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (var field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          try {
            field.setAccessible(true);
            parts.add(field.get(object));
          } catch (IllegalAccessException e) {
            throw new AssertionError(e);
          }
        }
      }
    }
  }

  /** All objects that may be reached, but leaves. */
  static Set<Object> all(Object root) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    var open = new ArrayDeque<Object>();
    open.add(root);
    while (!open.isEmpty()) {
      var next = open.remove();
      if (!leaf(next) && seen.add(next)) {
        parts(next).stream().filter(part -> part != null).forEach(open::add);
      }
    }
    return seen;
  }
}
