package dev.larder.testkit.far;

import dev.larder.Bounds;
import dev.larder.Entry;
import dev.larder.MissCause;
import dev.larder.RemovalCause;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Cursor;
import dev.larder.spi.Envelope;
import dev.larder.spi.Look;
import dev.larder.spi.Meta;
import dev.larder.spi.Page;
import dev.larder.spi.Payload;
import dev.larder.spi.Selection;
import dev.larder.spi.StoreInfo;
import dev.larder.spi.Stored;
import dev.larder.spi.Touch;
import dev.larder.spi.Upkeep;
import dev.larder.spi.Wish;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one cache: how they come, change, expire and leave. Lives on the owner's thread.
 */
final class FarData {
  private final String name;
  private final Rules rules;
  private final Grants grants;
  private final BiConsumer<Bytes, Change<Payload>> report;
  private final Cells cells = new Cells();
  private final Tokens tokens = new Tokens();
  private final Departures departures = new Departures();
  private Bounds bounds;
  private long versions;
  private long evictions;
  private long expirations;

  FarData(
      String name,
      Rules rules,
      Bounds bounds,
      Grants grants,
      BiConsumer<Bytes, Change<Payload>> report) {
    this.name = name;
    this.rules = rules;
    this.bounds = bounds;
    this.grants = grants;
    this.report = report;
  }

  Cells cells() {
    return cells;
  }

  Tokens tokens() {
    return tokens;
  }

  Look<Payload> look(Bytes key, Touch touch, long now) {
    var entry = live(key, now);
    if (entry == null) {
      var token = touch == Touch.FILL || touch == Touch.REFRESH ? tokens.give(key, now) : 0;
      return Look.miss(token, departures.why(key));
    }
    if (touch == Touch.PEEK) {
      return Look.hit(shown(entry, entry.deadline()));
    }
    var deadline = rules.read(key, entry, now);
    touch(key, entry, deadline, now);
    var seen = shown(entry, deadline);
    return touch == Touch.REFRESH ? new Look<>(seen, tokens.give(key, now), null) : Look.hit(seen);
  }

  Map<Bytes, Stored<Payload>> lookAll(Collection<Bytes> keys, Touch touch, long now) {
    var found = new HashMap<Bytes, Stored<Payload>>();
    for (var key : keys) {
      var entry = look(key, touch, now).entry();
      if (entry != null) {
        found.put(key, entry);
      }
    }
    return found;
  }

  private static Stored<Payload> shown(FarEntry entry, long deadline) {
    return new Stored.Snapshot<>(entry.value(), deadline, entry.version(), entry.meta());
  }

  /**
   * The entry unless its time has run out, in which case it leaves, or only hides while it is
   * leased.
   */
  @Nullable FarEntry live(Bytes key, long now) {
    var entry = cells.get(key);
    if (entry == null || !entry.expired(now)) {
      return entry;
    }
    if (!grants.held(key, now)) {
      leave(key, entry, RemovalCause.EXPIRED);
    }
    return null;
  }

  /** Does what a verb asked for and gives the change it made, if it made one. */
  @Nullable Change<Payload> apply(Bytes key, Wish<Payload> wish, long now, long fence) {
    var before = cells.get(key);
    if (wish instanceof Wish.Write<Payload> write) {
      var deadline = rules.written(key, before, now);
      return write(key, before, write.value(), deadline, false, now, fence);
    }
    if (wish instanceof Wish.WriteUntil<Payload> write) {
      var value = marked(write.value(), write.meta());
      return write(key, before, value, write.deadline(), true, now, fence);
    }
    if (wish instanceof Wish.Remove<Payload> remove) {
      tokens.outdate(key);
      return before == null ? null : leave(key, before, remove.cause());
    }
    if (wish instanceof Wish.Keep || before == null) {
      return null;
    }
    var deadline =
        wish instanceof Wish.TouchUntil<Payload> until
            ? until.deadline()
            : rules.read(key, before, now);
    return touch(key, before, deadline, now);
  }

  /** Tags come with the terms; the form of the bytes is known where they were made. */
  private static Payload marked(Payload value, Meta meta) {
    if (meta.tags().isEmpty()) {
      return value;
    }
    var form = value.meta();
    return new Payload(
        value.array(), new Meta(form.contentType(), form.schema(), form.weight(), meta.tags()));
  }

  private @Nullable Change<Payload> write(
      Bytes key,
      @Nullable FarEntry before,
      Payload payload,
      long deadline,
      boolean own,
      long now,
      long fence) {
    tokens.outdate(key);
    if (deadline <= now) {
      return before == null ? null : leave(key, before, RemovalCause.EXPIRED);
    }
    var version = ++versions;
    var envelope = new Envelope(payload, now, rules.soft(deadline), deadline, version, fence);
    cells.put(key, envelope, own);
    departures.back(key);
    var cause = before == null ? null : RemovalCause.REPLACED;
    var change = new Change<>(before == null ? null : before.value(), payload, version, cause);
    report.accept(key, change);
    makeRoom(key, now);
    return change;
  }

  private @Nullable Change<Payload> touch(Bytes key, FarEntry entry, long deadline, long now) {
    if (deadline <= now) {
      return leave(key, entry, RemovalCause.EXPIRED);
    }
    if (deadline == entry.deadline()) {
      cells.used(key);
    } else {
      var e = entry.envelope();
      var moved =
          new Envelope(
              e.payload(), e.writtenAt(), rules.soft(deadline), deadline, e.version(), e.fence());
      cells.put(key, moved, entry.own());
    }
    return null;
  }

  private Change<Payload> leave(Bytes key, FarEntry entry, RemovalCause cause) {
    cells.remove(key);
    departures.left(key, cause);
    expirations += cause == RemovalCause.EXPIRED ? 1 : 0;
    evictions += cause == RemovalCause.EVICTED ? 1 : 0;
    var change = new Change<Payload>(entry.value(), null, ++versions, cause);
    report.accept(key, change);
    return change;
  }

  int makeRoom(@Nullable Bytes newcomer, long now) {
    int left = 0;
    if (newcomer != null && cells.tooLarge(newcomer, bounds)) {
      left += evict(newcomer, now);
    }
    for (var victim = excess(now); victim != null; victim = excess(now)) {
      left += evict(victim, now);
    }
    return left;
  }

  private @Nullable Bytes excess(long now) {
    return cells.excess(bounds, (key, entry) -> !grants.held(key, now));
  }

  private int evict(Bytes key, long now) {
    var entry = cells.get(key);
    if (entry == null || grants.held(key, now)) {
      return 0;
    }
    leave(key, entry, entry.expired(now) ? RemovalCause.EXPIRED : RemovalCause.EVICTED);
    return 1;
  }

  /**
   * Newer entries have larger numbers and scans go down, so that a scan ends however much is
   * written meanwhile.
   */
  Page<Bytes, Payload> scan(Cursor from, int limit, long now) {
    var start = from.equals(Cursor.START) ? Long.MAX_VALUE : from.position();
    var entries = new ArrayList<Entry<Bytes, Payload>>();
    var page = cells.below(start, limit);
    var last = 0L;
    for (var each : page.entrySet()) {
      last = each.getKey();
      var entry = cells.get(each.getValue());
      if (entry != null && !entry.expired(now)) {
        entries.add(new Entry<>(each.getValue(), entry.value(), entry.deadline(), entry.version()));
      }
    }
    return new Page<>(entries, page.size() < limit || last <= 1 ? null : new Cursor(last));
  }

  /**
   * Drops entries without an event; what a lease in force brings later counts as older than this.
   */
  void invalidate(Selection what) {
    tokens.outdateAll();
    if (what instanceof Selection.All) {
      grants.doomAll();
    }
    for (var key : cells.keys()) {
      var entry = cells.get(key);
      if (entry != null && chosen(what, entry)) {
        grants.doom(key);
        cells.remove(key);
        departures.left(key, RemovalCause.INVALIDATED);
      }
    }
  }

  private static boolean chosen(Selection what, FarEntry entry) {
    return !(what instanceof Selection.Tag tag) || entry.meta().tags().contains(tag.name());
  }

  long maintain(Upkeep what, long now) {
    if (what instanceof Upkeep.Purge) {
      return purge(now);
    }
    if (what instanceof Upkeep.Resize resize) {
      resize(resize.bounds());
      return makeRoom(null, now);
    }
    return evictColdest(((Upkeep.Evict) what).entries(), now);
  }

  private void resize(Bounds wanted) {
    if (wanted.weight() != Bounds.NONE && bounds.weight() == Bounds.NONE) {
      throw new IllegalArgumentException(
          "cache '" + name + "' was created without a weigher; its entries have no weight");
    }
    bounds = wanted;
  }

  private long purge(long now) {
    var before = expirations;
    cells.keys().forEach(key -> live(key, now));
    return expirations - before;
  }

  private long evictColdest(int entries, long now) {
    var before = evictions;
    for (var key : cells.keys()) {
      if (evictions - before >= entries) {
        break;
      }
      if (live(key, now) != null) {
        evict(key, now);
      }
    }
    return evictions - before;
  }

  MissCause explain(Bytes key) {
    return departures.why(key);
  }

  StoreInfo describe(Map<String, String> details) {
    return new StoreInfo(
        bounds,
        cells.size(),
        cells.weight(),
        cells.bytes(),
        cells.peak(),
        evictions,
        expirations,
        List.of(),
        details);
  }
}
