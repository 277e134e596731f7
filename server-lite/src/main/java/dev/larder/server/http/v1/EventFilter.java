package dev.larder.server.http.v1;

import dev.larder.spi.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a listener wants of the events.
 *
 * @param values the values written
 * @param old the values before
 * @param prefix how keys begin, null for all
 */
record EventFilter(boolean values, boolean old, @Nullable Bytes prefix) {

  /** Whether it wants this one. */
  boolean wants(LogEvent event) {
    var key = event.key();
    if (prefix == null || key == null) {
      return true;
    }
    var begin = prefix.array();
    var whole = key.array();
    return whole.length >= begin.length
        && Arrays.equals(whole, 0, begin.length, begin, 0, begin.length);
  }
}
