package dev.larder.jcache.copy;

import java.lang.reflect.Array;

/** Arrays: cloned, and what their elements refer to copied where it may change. */
final class ArrayPlan extends Plan {
  private static final Plan ELEMENTS = new ArrayPlan();

  private ArrayPlan() {}

  static Plan of(Class<?> component, Proof proof) {
    if (component.isPrimitive()) {
      return new Primitives();
    }
    return proof.holdsImmutable(component) ? new Immutables() : ELEMENTS;
  }

  @Override
  Object copy(Object original, Graph graph) {
    var copies = ((Object[]) original).clone();
    graph.made(original, copies);
    for (var i = 0; i < copies.length; i++) {
      copies[i] = graph.copy(copies[i]);
    }
    return copies;
  }

  private static final class Immutables extends Leaf {
    @Override
    Object copy(Object original) {
      return ((Object[]) original).clone();
    }
  }

  private static final class Primitives extends Leaf {
    @Override
    Object copy(Object original) {
      if (original instanceof byte[] bytes) {
        return bytes.clone();
      }
      var length = Array.getLength(original);
      var copy = Array.newInstance(original.getClass().getComponentType(), length);
      System.arraycopy(original, 0, copy, 0, length);
      return copy;
    }
  }
}
