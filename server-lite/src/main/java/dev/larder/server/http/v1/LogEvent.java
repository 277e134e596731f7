package dev.larder.server.http.v1;

import dev.larder.RemovalCause;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Payload;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An event in the log.
 *
 * @param sequence its number
 * @param type what happened
 * @param key to which key, null for all
 * @param version of the key after it, of the entry that expires earlier
 * @param cause why the value before left, null where there was none
 * @param operation what the client called what it did, 0 for nothing
 * @param after the value written, where it is kept
 * @param before the value before, where it is kept
 * @param omitted whether a value is too large to be kept
 */
record LogEvent(
    long sequence,
    Type type,
    @Nullable Bytes key,
    long version,
    @Nullable RemovalCause cause,
    long operation,
    @Nullable Payload after,
    @Nullable Payload before,
    boolean omitted) {

  /** What can happen. */
  enum Type {
    /** An entry came. */
    CREATED,
    /** An entry got another value. */
    UPDATED,
    /** An entry left. */
    REMOVED,
    /** An entry is as it was, and expires earlier. */
    SHORTENED,
    /** All entries left. */
    CLEARED;

    /** What a change is. */
    static Type of(Change<?> change) {
      if (change.after() == null) {
        return REMOVED;
      }
      return change.before() == null ? CREATED : UPDATED;
    }

    /** The name of the event in a stream. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
