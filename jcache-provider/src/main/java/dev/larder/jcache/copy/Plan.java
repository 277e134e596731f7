package dev.larder.jcache.copy;

/** How objects of one class are copied. */
abstract class Plan {
  /** The object itself will do. */
  static final Plan SHARED = new Constant(false);

  /** Only serialization knows how. */
  static final Plan SERIALIZED = new Constant(true);

  /**
   * A copy of the object, or the object itself where nothing in it had to be copied and it cannot
   * change.
   *
   * @param graph gives the copies of what the object refers to; told of the copy before that, where
   *     what the object refers to may refer back
   */
  abstract Object copy(Object original, Graph graph);

  /** A plan for objects that refer to nothing that needs copying. */
  abstract static class Leaf extends Plan {

    @Override
    final Object copy(Object original, Graph graph) {
      return copy(original);
    }

    abstract Object copy(Object original);
  }

  private static final class Constant extends Plan {
    private final boolean refuses;

    Constant(boolean refuses) {
      this.refuses = refuses;
    }

    @Override
    Object copy(Object original, Graph graph) {
      if (refuses) {
        throw new Unplanned();
      }
      return original;
    }
  }
}
