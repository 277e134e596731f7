package dev.larder.engine.policy;

import org.jspecify.annotations.Nullable;

/**
 * What an eviction policy must do, done in the plainest way, at any price. Victims are entries
 * whose {@link FakeEntry#mayLeave} is set. A model is told of every read and write, and takes from
 * that what its policy looks at.
 */
interface Model {
  void added(FakeEntry entry);

  default void read(FakeEntry entry) {}

  default void written(FakeEntry entry) {}

  void removed(FakeEntry entry);

  @Nullable FakeEntry evict();
}
