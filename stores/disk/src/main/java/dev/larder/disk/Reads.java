package dev.larder.disk;

import dev.larder.Entry;
import dev.larder.MissCause;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Cursor;
import dev.larder.spi.Look;
import dev.larder.spi.Page;
import dev.larder.spi.Payload;
import dev.larder.spi.Stored;
import dev.larder.spi.Touch;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at entries; waits for no writer. */
final class Reads {
  private static final System.Logger LOG = System.getLogger("dev.larder");

  private final Entries entries;
  private final Flusher flusher;

  Reads(Entries entries, Flusher flusher) {
    this.entries = entries;
    this.flusher = flusher;
  }

  Look<Payload> find(Bytes key, Touch touch) {
    if (touch == Touch.READ || touch == Touch.PEEK) {
      return look(key, touch, 0);
    }
    // The token first: a write that comes after the look finds it and takes it away.
    var token = entries.tokens().register(key);
    var look = look(key, touch, token);
    if (touch == Touch.FILL && look.entry() != null) {
      entries.tokens().redeem(key, token);
    }
    return look;
  }

  private Look<Payload> look(Bytes key, Touch touch, long token) {
    // The overlay first, and as it stood at one moment: see there.
    var state = entries.overlay().state();
    var row = state.row(key);
    if (row == null && !state.cleared()) {
      row = entries.table().read(key, true);
    }
    var payload = row == null ? null : row.payload();
    if (row == null || payload == null) {
      return Look.miss(token, entries.departures().why(key.hashCode()));
    }
    var shown = shown(state, row, payload, touch);
    if (shown == null) {
      var strange = !entries.reads(row.schema());
      return Look.miss(token, strange ? MissCause.SCHEMA : MissCause.EXPIRED);
    }
    return touch == Touch.REFRESH ? new Look<>(shown, token, null) : Look.hit(shown);
  }

  /**
   * The entry of a row, null when its time has run out or its value cannot be read; notes the
   * access if it is one.
   */
  private @Nullable Stored<Payload> shown(
      Overlay.State state, Row row, Payload payload, Touch touch) {
    var now = entries.clock().exact();
    var since = state.access(row.key());
    var deadline = entries.rules().deadline(row, since);
    if (deadline <= now || !entries.reads(row.schema())) {
      // Not on a mere look, after which nobody may be there to tell listeners of the departure.
      if (touch != Touch.PEEK) {
        entries.expire(row.key(), now);
      }
      return null;
    }
    if (touch != Touch.PEEK) {
      deadline = accessed(row, since, deadline, now);
    }
    return new Stored.Snapshot<>(payload, deadline, row.version(), payload.meta());
  }

  private long accessed(Row row, @Nullable Access since, long deadline, long now) {
    var rules = entries.rules();
    var moved = rules.read(row, deadline, now);
    var recency = entries.overlay().recency();
    var last = Math.max(Rules.accessedAt(row, since), recency.of(row.key()));
    if (!rules.worthNoting(deadline, moved, last, now)) {
      return deadline;
    }
    if (rules.sliding() && !row.own()) {
      note(row.key(), new Access(Cell.head(row), now, moved, Access.NEVER));
    } else {
      recency.note(row.key(), now);
    }
    return moved;
  }

  /** A tier in front read a copy. Its caller does not wait unless far too many are told. */
  void accessed(Bytes key, long instant) {
    if (!entries.rules().sliding()) {
      entries.overlay().recency().note(key, instant);
    } else if (entries.overlay().state().open().accesses().size() >= Overlay.MOST_WAITING) {
      note(key, Access.told(instant));
    } else if (!entries.overlay().touch(key, Access.told(instant))) {
      flusher.soon();
    }
  }

  /** Once there are many, who reads commits them, unless the disk fails just now. */
  private void note(Bytes key, Access access) {
    var noted = entries.overlay().state().open().accesses().size();
    if (noted >= Overlay.MOST_ACCESSES && !flusher.resting()) {
      try {
        flusher.flush(false);
      } catch (StoreException e) {
        LOG.log(Level.DEBUG, "reads go on while the disk fails", e);
      }
    }
    entries.overlay().touch(key, access);
  }

  Map<Bytes, Stored<Payload>> findAll(Collection<? extends Bytes> keys, Touch touch) {
    var state = entries.overlay().state();
    var found = new HashMap<Bytes, Stored<Payload>>();
    var others = new ArrayList<Bytes>();
    for (var key : keys) {
      var row = state.row(key);
      if (row != null) {
        show(state, row, touch, found);
      } else if (!state.cleared()) {
        others.add(key);
      }
    }
    if (!others.isEmpty()) {
      entries.table().readAll(others).values().forEach(row -> show(state, row, touch, found));
    }
    return found;
  }

  private void show(Overlay.State state, Row row, Touch touch, Map<Bytes, Stored<Payload>> found) {
    var payload = row.payload();
    var shown = payload == null ? null : shown(state, row, payload, touch);
    if (shown != null) {
      found.put(row.key(), shown);
    }
  }

  /**
   * Newer entries have larger numbers and scans go down, so that a scan ends however much is
   * written meanwhile.
   */
  Page<Bytes, Payload> scan(Cursor from, int limit) {
    var start = from.position();
    if (from.equals(Cursor.START)) {
      flusher.flush(false);
      start = Long.MAX_VALUE;
    }
    var now = entries.clock().exact();
    var rows = entries.table().below(start, limit);
    var page = new ArrayList<Entry<Bytes, Payload>>(rows.size());
    // After the table: what it does not show any more is here.
    var state = entries.overlay().state();
    for (var row : rows) {
      addLive(state, row, now, page);
    }
    var last = rows.isEmpty() ? 0 : rows.get(rows.size() - 1).id();
    return new Page<>(page, rows.size() < limit || last <= 1 ? null : new Cursor(last));
  }

  private void addLive(Overlay.State state, Row row, long now, List<Entry<Bytes, Payload>> page) {
    var pending = state.row(row.key());
    var here = pending == null && !state.cleared() ? row : pending;
    var payload = here == null ? null : here.payload();
    if (here == null || payload == null || !entries.reads(here.schema())) {
      return;
    }
    var deadline = entries.rules().deadline(here, state.access(here.key()));
    if (deadline > now) {
      page.add(new Entry<>(here.key(), payload, deadline, here.version()));
    }
  }
}
