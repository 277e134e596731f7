package dev.larder.jcache.copy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts together the method handles that copy fields. The virtual machine compiles such a handle
 * into one piece of code, so that copying five fields is five loads and five stores.
 */
final class Handles {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  /** {@link Graph#copy} as (Graph, Object) to Object. */
  private static final MethodHandle COPY = graphCopy();

  private Handles() {}

  private static MethodHandle graphCopy() {
    try {
      return LOOKUP.findVirtual(
          Graph.class, "copy", MethodType.methodType(Object.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** Copies the fields as they are: (to, from) to nothing. Null for no fields. */
  static @Nullable MethodHandle assigning(List<Field> fields) throws IllegalAccessException {
    @Nullable MethodHandle all = null;
    for (var field : fields) {
      var type = MethodType.methodType(void.class, Object.class, Object.class);
      var one =
          MethodHandles.filterArguments(
                  LOOKUP.unreflectSetter(field), 1, LOOKUP.unreflectGetter(field))
              .asType(type);
      all = all == null ? one : MethodHandles.foldArguments(all, one);
    }
    return all;
  }

  /** Copies the field and what it refers to: (to, graph, from) to nothing. */
  static MethodHandle copying(Field field) throws IllegalAccessException {
    var setter =
        LOOKUP
            .unreflectSetter(field)
            .asType(MethodType.methodType(void.class, Object.class, Object.class));
    return MethodHandles.collectArguments(setter, 1, copied(LOOKUP.unreflectGetter(field)));
  }

  /** What a getter gives, copied: (graph, from) to Object. */
  private static MethodHandle copied(MethodHandle getter) {
    return MethodHandles.filterArguments(
        COPY, 1, getter.asType(MethodType.methodType(Object.class, Object.class)));
  }

  /**
   * Makes a record of what another holds: (from, graph) to Object. Components are copied in the
   * order of their names, as serialization does: on that depends where a circle is entered.
   *
   * @param fields the fields of the components, in the order of the constructor's parameters
   * @param shared tells of each whether it is taken as it is
   */
  static MethodHandle rebuilding(Constructor<?> constructor, List<Field> fields, boolean[] shared)
      throws IllegalAccessException {
    var made = LOOKUP.unreflectConstructor(constructor);
    var places = IntStream.range(0, fields.size()).toArray();
    for (var i : lastNameFirst(fields)) { // what is put on last runs first
      var getter = LOOKUP.unreflectGetter(fields.get(i));
      var type = made.type().parameterType(places[i]);
      if (shared[i]) {
        var filter = getter.asType(MethodType.methodType(type, Object.class));
        made = MethodHandles.filterArguments(made, places[i], filter);
      } else {
        var filter = copied(getter).asType(MethodType.methodType(type, Graph.class, Object.class));
        made = MethodHandles.collectArguments(made, places[i], filter);
        for (var later = i + 1; later < places.length; later++) {
          places[later]++;
        }
      }
    }
    var type = made.type();
    return MethodHandles.permuteArguments(
        made.asType(type.changeReturnType(Object.class)),
        MethodType.methodType(Object.class, Object.class, Graph.class),
        type.parameterList().stream().mapToInt(each -> each == Graph.class ? 1 : 0).toArray());
  }

  private static List<Integer> lastNameFirst(List<Field> fields) {
    return IntStream.range(0, fields.size())
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> fields.get(i).getName()).reversed())
        .toList();
  }

  /** What a method handle may throw without having declared it. */
  static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException runtime) {
      return runtime;
    }
    return new IllegalStateException("a constructor threw " + thrown, thrown);
  }

  /** The field behind a component, made accessible. */
  static Field field(RecordComponent component) throws NoSuchFieldException {
    var field = component.getDeclaringRecord().getDeclaredField(component.getName());
    field.setAccessible(true);
    return field;
  }
}
