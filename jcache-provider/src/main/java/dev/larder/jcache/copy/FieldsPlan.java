package dev.larder.jcache.copy;

import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ordinary serializable objects, copied as serialization would: made by the constructor that
 * serialization uses, then field by field; transient fields stay empty.
 *
 * <p>One whose fields are all final is shared where all that it holds is.
 */
final class FieldsPlan extends Plan {
  /** Handles that do more than this one after the other go deep into the stack until compiled. */
  private static final int TOGETHER = 32;

  private final Flat flat;
  private final MethodHandle[] deep;
  private final boolean shareable;

  private FieldsPlan(Flat flat, MethodHandle[] deep, boolean shareable) {
    this.flat = flat;
    this.deep = deep;
    this.shareable = shareable;
  }

  static Plan of(Class<?> type, Proof proof, boolean always) {
    var constructor = Allocation.of(type);
    if (constructor == null) {
      return SERIALIZED;
    }
    try {
      var shared = new ArrayList<Field>();
      var deep = new ArrayList<MethodHandle>();
      for (var field : serialized(type)) {
        field.setAccessible(true);
        if (proof.holdsImmutable(field.getType())) {
          shared.add(field);
        } else {
          deep.add(Handles.copying(field));
        }
      }
      var flat = new Flat(constructor, assigning(shared));
      return deep.isEmpty()
          ? flat
          : new FieldsPlan(flat, deep.toArray(MethodHandle[]::new), !always && allFinal(type));
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      return SERIALIZED;
    }
  }

  private static MethodHandle[] assigning(List<Field> fields) throws IllegalAccessException {
    var handles = new ArrayList<MethodHandle>();
    for (var from = 0; from < fields.size(); from += TOGETHER) {
      @Nullable MethodHandle some =
          Handles.assigning(fields.subList(from, Math.min(from + TOGETHER, fields.size())));
      if (some != null) {
        handles.add(some);
      }
    }
    return handles.toArray(MethodHandle[]::new);
  }

  /**
   * The fields that serialization writes, of all serializable classes in the line, in its order: on
   * that depends where a circle is entered.
   */
  private static List<Field> serialized(Class<?> type) {
    if (!Serializable.class.isAssignableFrom(type)) {
      return new ArrayList<>();
    }
    var superclass = type.getSuperclass();
    var fields = superclass == null ? new ArrayList<Field>() : serialized(superclass);
    Arrays.stream(type.getDeclaredFields())
        .filter(field -> (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0)
        .sorted(Comparator.comparing(Field::getName))
        .forEach(fields::add);
    return fields;
  }

  /** Whether the object is nothing but its serialized fields, which never change. */
  private static boolean allFinal(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (var field : each.getDeclaredFields()) {
        var modifiers = field.getModifiers();
        if (!Modifier.isStatic(modifiers)
            && (!Modifier.isFinal(modifiers)
                || Modifier.isTransient(modifiers)
                || !Serializable.class.isAssignableFrom(each))) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  Object copy(Object original, Graph graph) {
    var before = graph.changes();
    var copy = flat.copy(original);
    graph.made(original, copy);
    try {
      for (var field : deep) {
        field.invokeExact(copy, graph, original);
      }
    } catch (Throwable e) {
      throw Handles.unchecked(e);
    }
    return shareable && graph.changes() == before ? original : copy;
  }

  /** All that it holds is shared. */
  private static final class Flat extends Leaf {
    private final Constructor<?> constructor;
    private final MethodHandle[] fields;

    Flat(Constructor<?> constructor, MethodHandle[] fields) {
      this.constructor = constructor;
      this.fields = fields;
    }

    @Override
    Object copy(Object original) {
      try {
        var copy = (Object) constructor.newInstance();
        for (var some : fields) {
          some.invokeExact(copy, original);
        }
        return copy;
      } catch (Throwable e) {
        throw Handles.unchecked(e);
      }
    }
  }
}
