package dev.larder.disk;

import dev.larder.CacheSpec;
import dev.larder.Clock;
import dev.larder.MissCause;
import dev.larder.RemovalCause;
import dev.larder.spi.Bytes;
import dev.larder.spi.FillTokens;
import dev.larder.spi.FlightEvents;
import dev.larder.spi.Payload;
import dev.larder.spi.StoreEvents;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What the parts of a store share: where the entries of one cache are, and who is told of them. */
final class Entries {
  private final String cache;
  private final int schema;
  private final boolean anySchema;
  private final Table table;
  private final Overlay overlay;
  private final Rules rules;
  private final KeyLocks locks;
  private final StoreEvents<Bytes, Payload> events;
  private final Clock clock;
  private final Departures departures;
  private final FillTokens<Bytes> tokens = new FillTokens<>();
  private final Heads heads = new Heads();
  private final LongAdder evictions = new LongAdder();
  private final LongAdder expirations = new LongAdder();
  private final LongAdder mismatches = new LongAdder();

  Entries(
      CacheSpec<?, ?> spec,
      Table table,
      Rules rules,
      StoreEvents<Bytes, Payload> events,
      Clock clock) {
    this.cache = spec.name();
    this.schema = spec.placement().schemaVersion();
    this.anySchema = anySchema(spec);
    this.table = table;
    this.rules = rules;
    this.events = events;
    this.clock = clock;
    this.locks = new KeyLocks(cache);
    var totals = table.totals();
    this.overlay = new Overlay(cache, totals);
    this.departures = new Departures(totals.sequence() == 0);
  }

  /**
   * Whoever keeps bytes as such, as a server does, does not look into them: what its clients write
   * under schema versions of their own is for them to tell apart, unless one was chosen here.
   */
  private static boolean anySchema(CacheSpec<?, ?> spec) {
    return spec.valueType() == (Object) Payload.class && !spec.chosen().contains("schema-version");
  }

  String cache() {
    return cache;
  }

  /** Whether values of that schema version can be read. */
  boolean reads(int version) {
    return anySchema || version == schema;
  }

  Table table() {
    return table;
  }

  Overlay overlay() {
    return overlay;
  }

  Rules rules() {
    return rules;
  }

  KeyLocks locks() {
    return locks;
  }

  StoreEvents<Bytes, Payload> events() {
    return events;
  }

  Clock clock() {
    return clock;
  }

  Departures departures() {
    return departures;
  }

  Heads heads() {
    return heads;
  }

  FillTokens<Bytes> tokens() {
    return tokens;
  }

  LongAdder evictions() {
    return evictions;
  }

  LongAdder expirations() {
    return expirations;
  }

  /** How many entries left because their values are of another schema version. */
  LongAdder mismatches() {
    return mismatches;
  }

  /** As {@link #publishAll}, for one. */
  @Nullable Generation publish(Cell cell) {
    return publishAll(List.of(cell));
  }

  /**
   * Puts what became of entries into force and tells of it; their keys are held. Null, with nothing
   * done, when all entries went since they were looked at.
   */
  @Nullable Generation publishAll(Collection<Cell> cells) {
    var published = overlay.publish(cells);
    if (published != null) {
      cells.forEach(this::tell);
    }
    return published;
  }

  /** Takes note of a step that changed nothing. */
  void settle(Cell cell) {
    if (cell.outdatesLoads()) {
      tokens.outdate(cell.key());
    }
  }

  private void tell(Cell cell) {
    settle(cell);
    for (var change : cell.changes()) {
      if (events.wanted()) {
        events.changed(cell.key(), change, change.version());
      }
    }
    if (cell.mismatched()) {
      mismatches.increment();
      departures.left(cell.key().hashCode(), MissCause.SCHEMA);
    }
    if (cell.left() != 0) {
      expirations.add(cell.expired());
      evictions.add(cell.evicted());
      departures.left(
          cell.key().hashCode(), cell.expired() > 0 ? MissCause.EXPIRED : MissCause.EVICTED);
      FlightEvents.left(
          cache, "disk", cell.expired() > 0 ? RemovalCause.EXPIRED : RemovalCause.EVICTED);
      events.outdated(cell.key(), cell.left());
    }
  }

  /**
   * Takes the entry out if its time has run out, or its value is of another schema version, and
   * nobody holds its key.
   *
   * @return whether it left
   */
  boolean expire(Bytes key, long now) {
    var hold = locks.tryLock(key);
    if (hold == null) {
      return false;
    }
    try {
      var cell = cell(key);
      cell.begin(now);
      return cell.changed() && publish(cell) != null;
    } catch (Vanished e) {
      return false;
    } finally {
      locks.unlock(hold);
    }
  }

  /** The entry, whose key is held, with its value if whoever listens will want it. */
  Cell cell(Bytes key) {
    return new Cell(this, key, events.wanted());
  }

  /**
   * Evicts the entry, or has it expire if its time has run out.
   *
   * @param row as it was chosen; when it was written or accessed since, or is held, it stays
   * @return why it left, null when it stays
   */
  @Nullable RemovalCause evict(Row row, long now) {
    var hold = locks.tryLock(row.key());
    if (hold == null) {
      return null;
    }
    try {
      var cell = cell(row.key());
      var here = cell.row();
      if (here == null || here.version() != row.version() || cell.accessedAt() > row.accessedAt()) {
        return null;
      }
      var cause = cell.deadline() <= now ? RemovalCause.EXPIRED : RemovalCause.EVICTED;
      cell.leave(cause);
      return publish(cell) == null ? null : cause;
    } catch (Vanished e) {
      return null;
    } finally {
      locks.unlock(hold);
    }
  }
}
