package dev.larder.disk;

import dev.larder.Life;
import dev.larder.RemovalCause;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import dev.larder.spi.Remainder;
import dev.larder.spi.Stored;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entry of one key while somebody holds the key: as it was found, and as it will be. Nothing is
 * seen outside before {@link Entries#publish}. As a {@link Stored} it is the entry as it stands in
 * here; its value is read from the table when first asked for.
 *
 * <p>Longer than the house likes because every way in which an entry changes is here.
 */
final class Cell implements Stored<Payload> {

  /** What an entry takes in the file beside key and value: the row, its places in the indexes. */
  static final int ROW_OVERHEAD = 100;

  /** Leaves room for what lies beside a value. */
  private static final int LARGEST = Table.LARGEST_VALUE - (1 << 20);

  private final Entries entries;
  private final Bytes key;
  private final long era;

  /** As it was found, null when there was none. */
  private final @Nullable Row found;

  /** The number that the entry has or had in the table, 0 for none. */
  private long id;

  private @Nullable Row row;
  private long deadline;
  private long accessedAt;
  private boolean staged;
  private @Nullable Access access;

  /** Whether loads under way are outdated. */
  private boolean outdatesLoads;

  private @Nullable List<Change<Payload>> changes;
  private boolean keepsChanges;
  private int expired;
  private int evicted;
  private boolean mismatched;
  private long left;

  /** Of the last step. */
  private long version;

  /**
   * Looks at the entry.
   *
   * @param whole whether to read the value too
   */
  Cell(Entries entries, Bytes key, boolean whole) {
    this.entries = entries;
    this.key = key;
    var state = entries.overlay().state();
    this.era = state.era();
    var pending = state.row(key);
    var seen = pending;
    if (pending == null && !state.cleared()) {
      seen = whole ? null : entries.heads().get(key, era);
      seen = seen == null ? entries.table().read(key, whole) : seen;
    }
    this.id = seen == null ? 0 : seen.id();
    this.found = pending != null && pending.payload() == null ? null : seen;
    this.row = found;
    look(state);
  }

  private void look(Overlay.State state) {
    if (row != null) {
      var since = state.access(key);
      deadline = entries.rules().deadline(row, since);
      accessedAt = Math.max(Rules.accessedAt(row, since), entries.overlay().recency().of(key));
    }
  }

  /** Takes in what readers did since it was looked at. */
  void lookAgain() {
    if (!staged) {
      look(entries.overlay().state());
    }
  }

  Bytes key() {
    return key;
  }

  long era() {
    return era;
  }

  boolean live() {
    return row != null;
  }

  @Nullable Row row() {
    return row;
  }

  long accessedAt() {
    return accessedAt;
  }

  /** The changes are wanted also when nobody listens. */
  void keepChanges() {
    keepsChanges = true;
  }

  @Override
  public Payload value() {
    var here = current();
    if (here.payload() != null) {
      return here.payload();
    }
    var whole = entries.table().read(key, true);
    if (whole == null || whole.version() != here.version() || whole.payload() == null) {
      throw new Vanished();
    }
    row = whole;
    return whole.payload();
  }

  private Row current() {
    if (row == null) {
      throw new IllegalStateException("there is no entry");
    }
    return row;
  }

  @Override
  public long deadline() {
    return deadline;
  }

  /** That of the entry; of what the step did see {@link #changedAt}. */
  @Override
  public long version() {
    return current().version();
  }

  @Override
  public Meta meta() {
    return value().meta();
  }

  /**
   * A step begins: an entry whose time has run out leaves, and one of another schema version, of
   * which nobody is told since nobody can read it.
   */
  void begin(long now) {
    if (row != null && !entries.reads(row.schema())) {
      row = null;
      staged = true;
      mismatched = true;
    } else if (row != null && deadline <= now) {
      leave(RemovalCause.EXPIRED);
    }
    version = 0;
  }

  boolean redeem(long token) {
    return entries.tokens().redeem(key, token);
  }

  /** The deadline that a write would give. */
  long deadlineOf(Op op, long now) {
    if (op instanceof Op.WriteUntil write) {
      return write.deadline();
    }
    return op instanceof Op.PutBack back
        ? putBack(back.left(), now)
        : entries.rules().written(key, row, deadline, now);
  }

  private long putBack(Remainder left, long now) {
    var math = entries.rules().math();
    var life = left.own() ? left.life() : Math.min(left.life(), math.longest());
    var limit = Math.min(math.limit(now), Life.deadline(now, left.limit()));
    return Math.min(Life.deadline(now, life), left.own() ? Life.FOREVER : limit);
  }

  /** Does what a verb asked for. */
  void apply(Op op, long now) {
    if (op instanceof Op.Write write) {
      write(write.payload(), deadlineOf(op, now), false, now, now);
    } else if (op instanceof Op.WriteUntil write) {
      write(write.payload(), write.deadline(), true, now, now);
    } else if (op instanceof Op.PutBack back) {
      var writtenAt = entries.rules().writtenAt(back.left().limit(), now);
      write(back.payload(), deadlineOf(op, now), back.left().own(), writtenAt, now);
    } else if (op instanceof Op.Remove remove) {
      outdatesLoads = true;
      leave(remove.cause());
    } else if (op instanceof Op.TouchUntil touch) {
      touch(touch.deadline(), now);
    } else if (op instanceof Op.Touch && row != null) {
      touch(entries.rules().read(row, deadline, now), now);
    }
  }

  private void write(Payload payload, long until, boolean own, long writtenAt, long now) {
    outdatesLoads = true;
    if (until <= now) {
      leave(RemovalCause.EXPIRED);
      return;
    }
    var size = size(payload);
    var next = entries.overlay().sums().next();
    note(payload, next, row == null ? null : RemovalCause.REPLACED);
    id = id == 0 ? next : id;
    var meta = payload.meta();
    row =
        new Row(
            id, key, next, writtenAt, now, until, own, meta.weight(), size, meta.schema(), payload);
    deadline = until;
    accessedAt = now;
    staged = true;
    access = null;
    version = next;
  }

  private long size(Payload payload) {
    var size = (long) key.array().length + payload.array().length + ROW_OVERHEAD;
    if (payload.array().length > LARGEST) {
      throw new StoreException(
          "cache '"
              + entries.cache()
              + "': a value of "
              + payload.array().length
              + " bytes is too large for the disk; at most "
              + LARGEST);
    }
    return size;
  }

  private void touch(long until, long now) {
    if (row == null) {
      return;
    }
    if (until <= now) {
      leave(RemovalCause.EXPIRED);
      return;
    }
    if (until == deadline && !entries.rules().worthNoting(deadline, until, accessedAt, now)) {
      return;
    }
    var here = row;
    if (staged) {
      row = moved(here, now, until);
    } else {
      access = new Access(head(here), now, until, Access.NEVER);
    }
    deadline = until;
    accessedAt = now;
    version = here.version();
  }

  /** A row with other times. */
  static Row moved(Row row, long accessedAt, long deadline) {
    return new Row(
        row.id(),
        row.key(),
        row.version(),
        row.writtenAt(),
        accessedAt,
        deadline,
        row.own(),
        row.weight(),
        row.size(),
        row.schema(),
        row.payload());
  }

  /** A row without its value. */
  static Row head(Row row) {
    return row.payload() == null
        ? row
        : new Row(
            row.id(),
            row.key(),
            row.version(),
            row.writtenAt(),
            row.accessedAt(),
            row.deadline(),
            row.own(),
            row.weight(),
            row.size(),
            row.schema(),
            null);
  }

  /** Takes the entry out; does nothing when there is none. */
  void leave(RemovalCause cause) {
    if (row == null) {
      return;
    }
    var next = entries.overlay().sums().next();
    note(null, next, cause);
    if (cause == RemovalCause.EXPIRED) {
      expired++;
      left = next;
    } else if (cause == RemovalCause.EVICTED) {
      evicted++;
      left = next;
    }
    row = null;
    staged = true;
    access = null;
    version = next;
  }

  private void note(@Nullable Payload after, long next, @Nullable RemovalCause cause) {
    if (!keepsChanges && !entries.events().wanted()) {
      return;
    }
    var change = new Change<>(row == null ? null : value(), after, next, cause);
    if (changes == null) {
      changes = new ArrayList<>(2);
    }
    changes.add(change);
  }

  /** Whether there is something to publish. */
  boolean changed() {
    return staged || access != null;
  }

  /** The version of what the last step did, 0 when it did nothing. */
  long changedAt() {
    return version;
  }

  /**
   * The entry that the last step left in force, null when it did nothing, or removed it, or its
   * value is not at hand.
   */
  @Nullable Stored<Payload> after() {
    if (version == 0 || row == null || row.payload() == null) {
      return null;
    }
    var payload = row.payload();
    return new Snapshot<>(payload, deadline, row.version(), payload.meta());
  }

  /** Under the gate. */
  void putInto(Generation open, Sums sums) {
    if (!staged) {
      if (access != null) {
        open.touch(key, access);
      }
      return;
    }
    open.put(row != null ? row : gone());
    sums.add(
        (row == null ? 0 : 1) - (found == null ? 0 : 1),
        (row == null ? 0 : row.weight()) - (found == null ? 0 : found.weight()),
        (row == null ? 0 : row.size()) - (found == null ? 0 : found.size()));
  }

  private Row gone() {
    return new Row(id, key, version, 0, 0, 0, false, 0, 0, 0, null);
  }

  /** Whether it left because its value is of another schema version. */
  boolean mismatched() {
    return mismatched;
  }

  boolean outdatesLoads() {
    return outdatesLoads;
  }

  List<Change<Payload>> changes() {
    return changes == null ? List.of() : changes;
  }

  int expired() {
    return expired;
  }

  int evicted() {
    return evicted;
  }

  /** The version at which it last left by expiry or eviction, 0 when it did not. */
  long left() {
    return left;
  }
}
