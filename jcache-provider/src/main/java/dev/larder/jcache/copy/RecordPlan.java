package dev.larder.jcache.copy;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * Records some of whose components may change: rebuilt by the canonical constructor, or shared when
 * every component of this one is.
 */
final class RecordPlan extends Plan {
  /** A method handle takes 255 arguments, and a component may take two. */
  private static final int MOST_COMPONENTS = 120;

  private final MethodHandle rebuild;
  private final boolean always;

  private RecordPlan(MethodHandle rebuild, boolean always) {
    this.rebuild = rebuild;
    this.always = always;
  }

  static Plan of(Class<?> type, Proof proof, boolean always) {
    var components = type.getRecordComponents();
    if (components.length > MOST_COMPONENTS) {
      return SERIALIZED;
    }
    try {
      var fields = new ArrayList<Field>();
      var shared = new boolean[components.length];
      for (var i = 0; i < components.length; i++) {
        fields.add(Handles.field(components[i]));
        shared[i] = proof.holdsImmutable(components[i].getType());
      }
      return new RecordPlan(
          Handles.rebuilding(canonical(type, components), fields, shared), always);
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      return SERIALIZED;
    }
  }

  private static Constructor<?> canonical(Class<?> type, RecordComponent[] components)
      throws NoSuchMethodException {
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor;
  }

  @Override
  Object copy(Object original, Graph graph) {
    var before = graph.changes();
    try {
      var copy = (Object) rebuild.invokeExact(original, graph);
      return always || graph.changes() != before ? copy : original;
    } catch (Throwable e) {
      throw Handles.unchecked(e);
    }
  }
}
