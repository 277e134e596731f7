package dev.larder.disk;

import dev.larder.spi.Bytes;
import dev.larder.spi.Kept;
import dev.larder.spi.Payload;
import dev.larder.spi.Remainder;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The entries in the order of their last access, read page by page. One that is accessed meanwhile
 * comes again further on; so that this ends, at most twice as many come as there were.
 */
final class ColdestFirst implements Iterator<Kept<Bytes, Payload>> {
  private static final int PAGE = 100;

  private final Entries entries;
  private final ArrayDeque<Kept<Bytes, Payload>> page = new ArrayDeque<>();
  private final long since;
  private long left;
  private @Nullable Row last;
  private boolean ended;

  ColdestFirst(Entries entries) {
    this.entries = entries;
    this.since = entries.clock().exact();
    this.left = 2 * entries.overlay().sums().entries() + PAGE;
  }

  @Override
  public boolean hasNext() {
    while (page.isEmpty() && !ended) {
      fill();
    }
    return !page.isEmpty();
  }

  private void fill() {
    var rows = entries.table().coldestAfter(last, PAGE);
    var state = entries.overlay().state();
    for (var row : rows) {
      last = row;
      add(state, row);
    }
    left -= rows.size();
    ended = rows.size() < PAGE || left <= 0;
  }

  private void add(Overlay.State state, Row row) {
    var pending = state.row(row.key());
    var here = pending == null && !state.cleared() ? row : pending;
    var payload = here == null ? null : here.payload();
    if (here == null || payload == null || !entries.reads(here.schema())) {
      return;
    }
    var rules = entries.rules();
    var deadline = rules.deadline(here, state.access(here.key()));
    if (deadline > entries.clock().exact()) {
      var limit = Remainder.span(rules.limit(here), since);
      var remainder = new Remainder(Remainder.span(deadline, since), limit, here.own(), false);
      page.add(new Kept<>(here.key(), payload, remainder));
    }
  }

  @Override
  public Kept<Bytes, Payload> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there are no more entries");
    }
    return page.remove();
  }
}
