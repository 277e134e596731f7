package dev.larder.server.resp;

import dev.larder.server.core.Database;
import dev.larder.server.core.Glob;
import dev.larder.spi.Bytes;
import dev.larder.spi.Cursor;
import dev.larder.spi.Page;
import dev.larder.spi.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A walk over the keys of a database, in steps. A store that waits reads the values along with the
 * keys, so there the steps begin small and grow while the values turn out to be small: what is in
 * memory at a time is about {@value #STEP_BYTES} bytes, or {@value #FIRST} values that are larger.
 * For one thread.
 */
final class KeyScan {
  private static final int LARGEST = 1_000;
  private static final int FIRST = 4;
  private static final long STEP_BYTES = 4 << 20;

  private final Database database;
  private final @Nullable Glob pattern;
  private @Nullable Cursor next;
  private int step;

  /** From a place on, over the keys that match, or all. */
  KeyScan(Database database, Cursor from, @Nullable Glob pattern) {
    this.database = database;
    this.next = from;
    this.pattern = pattern;
    this.step = database.waits() ? FIRST : LARGEST;
  }

  /** Where it goes on, null at the end. */
  @Nullable Cursor next() {
    return next;
  }

  /**
   * Looks at the next entries and adds the keys that match.
   *
   * @param most about how many entries to look at
   * @return how many of those that was, at least 1; 0 at the end
   */
  int step(long most, List<Bytes> into) {
    if (next == null) {
      return 0;
    }
    int asked = (int) Math.min(step, most);
    var page = database.scan(next, asked);
    for (var entry : page.entries()) {
      if (pattern == null || pattern.matches(entry.key().array())) {
        into.add(entry.key());
      }
    }
    next = page.next();
    if (database.waits()) {
      adapt(page, asked);
    }
    return Math.max(asked, page.entries().size());
  }

  private void adapt(Page<Bytes, Payload> page, int asked) {
    long bytes = 0;
    for (var entry : page.entries()) {
      bytes += entry.key().array().length + entry.value().array().length;
    }
    if (bytes > STEP_BYTES) {
      step = Math.max(1, asked / 2);
    } else if (bytes < STEP_BYTES / 4) {
      step = Math.min(LARGEST, Math.max(step, 2 * asked));
    }
  }
}
