package dev.larder.server.http.v1;

import dev.larder.spi.Stored;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What must hold of an entry for a change to be made. Immutable. */
final class Condition {

  /** What can be asked. */
  enum Kind {
    /** Nothing. */
    NONE,
    /** There is no entry. */
    ABSENT,
    /** There is one. */
    PRESENT,
    /** There is one, and its version is among those named. */
    VERSION,
    /** There is none, or its version is not among those named. */
    OTHER_VERSION
  }

  private final Kind kind;
  private final long[] versions;

  /**
   * A condition.
   *
   * @param kind what is asked
   * @param versions of which versions, for the two kinds that ask for versions
   */
  Condition(Kind kind, long... versions) {
    this.kind = kind;
    this.versions = versions.clone();
  }

  /** Asks nothing. */
  static final Condition NONE = new Condition(Kind.NONE);

  /** There must be no entry. */
  static final Condition ABSENT = new Condition(Kind.ABSENT);

  /** There must be an entry. */
  static final Condition PRESENT = new Condition(Kind.PRESENT);

  /** There must be an entry of that version. */
  static Condition version(long version) {
    return new Condition(Kind.VERSION, version);
  }

  /** Whether it holds of the entry, null for none. */
  boolean holds(@Nullable Stored<?> entry) {
    return switch (kind) {
      case NONE -> true;
      case ABSENT -> entry == null;
      case PRESENT -> entry != null;
      case VERSION -> entry != null && among(entry.version());
      case OTHER_VERSION -> entry == null || !among(entry.version());
    };
  }

  /** What is asked. */
  Kind kind() {
    return kind;
  }

  private boolean among(long version) {
    for (var one : versions) {
      if (one == version) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return kind + Arrays.toString(versions);
  }
}
