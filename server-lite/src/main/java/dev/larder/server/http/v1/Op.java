package dev.larder.server.http.v1;

import dev.larder.spi.Bytes;
import dev.larder.spi.Touch;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a batch.
 *
 * @param key which key
 * @param edit the change, null for a read
 * @param touch what a read means
 * @param notVersion the version that a read need not bring again, 0 for none
 * @param operation what the client calls it, 0 for nothing
 * @param single for how many milliseconds this client may load what it does not find while others
 *     wait, 0 where loads are not shared
 */
record Op(
    Bytes key, @Nullable Edit edit, Touch touch, long notVersion, long operation, long single) {

  /** The names of operations: those of the verbs of {@link dev.larder.spi.Verbs}, and two more. */
  enum Name {
    GET,
    PUT,
    PUT_WITH,
    GET_AND_PUT,
    PUT_IF_ABSENT,
    REPLACE,
    DELETE,
    REMOVE,
    TOUCH,
    TOUCH_UNTIL,
    FILL,
    PUT_BACK,
    AT,
    INCREMENT;

    private static final Map<String, Name> BY_WORD = new HashMap<>();

    static {
      for (var name : values()) {
        BY_WORD.put(name.word(), name);
      }
    }

    /** Its name on the wire. */
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one of that name on the wire, or null. */
    static @Nullable Name of(String word) {
      return BY_WORD.get(word);
    }
  }
}
