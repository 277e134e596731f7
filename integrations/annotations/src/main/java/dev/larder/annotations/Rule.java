package dev.larder.annotations;

import java.util.List;

/**
 * Which exceptions count, as the class comments of the annotations list it: those of one list, not
 * those of another; where both are empty, all or none.
 */
record Rule(
    List<Class<? extends Throwable>> included,
    List<Class<? extends Throwable>> excluded,
    boolean otherwise) {

  static Rule of(
      Class<? extends Throwable>[] included,
      Class<? extends Throwable>[] excluded,
      boolean otherwise) {
    return new Rule(List.of(included), List.of(excluded), otherwise);
  }

  boolean covers(Throwable thrown) {
    if (included.isEmpty() && excluded.isEmpty()) {
      return otherwise;
    }
    return (included.isEmpty() || any(included, thrown)) && !any(excluded, thrown);
  }

  private static boolean any(List<Class<? extends Throwable>> types, Throwable thrown) {
    return types.stream().anyMatch(type -> type.isInstance(thrown));
  }
}
