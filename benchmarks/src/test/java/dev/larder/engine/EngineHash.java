package dev.larder.engine;

/** Shows tests of the simulator how the table spreads hash codes. */
public final class EngineHash {
  private EngineHash() {}

  public static int spread(int hashCode) {
    return NodeTable.spread(hashCode);
  }
}
