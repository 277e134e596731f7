package dev.larder.tck;

import org.jspecify.annotations.Nullable;

/**
 * One version of an application, in a class loader of its own; the test and the versions know each
 * other by this alone. Implemented by code that {@link Releases} compiles.
 */
public interface Release extends AutoCloseable {

  /** Writes the value of that number. */
  void write(String key, int number);

  /** The value as text, or null where there is none. */
  @Nullable String read(String key);

  /** As {@link #read}, through a bulk read. */
  @Nullable String readAmongOthers(String key);

  /** As {@link #read}, through an update function that changes nothing. */
  @Nullable String readInAnUpdate(String key);

  /** How many entries an iteration comes by. */
  int iterated();

  /** How many events of changes it was told. */
  int told();

  /** How many reads missed because of values that are none of this version's. */
  long misread();

  @Override
  void close();
}
