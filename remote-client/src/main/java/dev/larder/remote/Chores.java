package dev.larder.remote;

import dev.larder.Bounds;
import dev.larder.CacheException;
import dev.larder.CacheSpec;
import dev.larder.Entry;
import dev.larder.MissCause;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Cursor;
import dev.larder.spi.Page;
import dev.larder.spi.Payload;
import dev.larder.spi.Selection;
import dev.larder.spi.StoreInfo;
import dev.larder.spi.Upkeep;
import dev.larder.spi.WaitingStore;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;

/** What is asked for a cache as a whole, seldom enough for a request each time. */
final class Chores {
  private static final CBORFactory CBOR = CBORFactory.builder().build();

  private final String cache;
  private final boolean weighs;
  private final Requests requests;
  private final Link link;
  private final EventFeed feed;
  private volatile StoreInfo last;

  Chores(CacheSpec<?, ?> spec, Requests requests, Link link, EventFeed feed) {
    this.cache = spec.name();
    this.weighs = spec.hooks().weigher() != null;
    this.requests = requests;
    this.link = link;
    this.feed = feed;
    this.last = new StoreInfo(spec.bounds(), 0, 0, 0, 0, 0, 0, List.of(), Map.of());
  }

  private Ask ask(String method, String what, boolean repeatable) {
    return Ask.bare(method, requests.paths().of(what), repeatable);
  }

  CompletionStage<Page<Bytes, Payload>> scan(Cursor from, int limit) {
    var cursor = from.place().isEmpty() ? "" : "&cursor=" + Paths.encoded(from.place());
    return requests
        .send(ask("GET", "entries?values=true&limit=" + limit + cursor, true))
        .thenApply(Chores::page);
  }

  private static Page<Bytes, Payload> page(Reply reply) {
    var told = Trees.of(reply);
    var entries = new ArrayList<Entry<Bytes, Payload>>();
    for (var each : Trees.list(told, "entries")) {
      if (each instanceof Map<?, ?> entry && entry.get("key") instanceof byte[] key) {
        var stored = Leases.entry(entry, reply.sentAt());
        var value = stored == null ? null : stored.value();
        if (stored != null && value != null) {
          entries.add(new Entry<>(new Bytes(key), value, stored.deadline(), stored.version()));
        }
      }
    }
    var next = Trees.text(told, "cursor");
    return new Page<>(entries, next.isEmpty() ? null : Cursor.at(next));
  }

  CompletionStage<@Nullable Void> invalidate(Selection what) {
    if (what instanceof Selection.Tag) {
      throw new UnsupportedOperationException("a server keeps no tags; use Selection.ALL");
    }
    // Twice dropped is dropped, but an entry of meanwhile would go too.
    return requests.send(ask("POST", "clear", false)).thenApply(reply -> null);
  }

  CompletionStage<Long> maintain(Upkeep what) {
    if (what instanceof Upkeep.Resize resize) {
      return resized(resize.bounds());
    }
    var chore = what instanceof Upkeep.Evict evict ? "evict?entries=" + evict.entries() : "purge";
    return requests
        .send(ask("POST", chore, what instanceof Upkeep.Purge))
        .thenApply(reply -> Trees.number(Trees.of(reply), "removed", 0));
  }

  private CompletionStage<Long> resized(Bounds bounds) {
    if (bounds.weight() != Bounds.NONE && !weighs) {
      throw new IllegalArgumentException(
          "cache '" + cache + "' was created without a weigher; its entries have no weight");
    }
    var body = new ByteArrayOutputStream();
    try (var out = CBOR.createGenerator(ObjectWriteContext.empty(), body)) {
      out.writeStartObject();
      Opening.bounds(out, bounds);
      out.writeEndObject();
    }
    var before = info().size();
    var ask =
        new Ask(
            "PATCH",
            requests.paths().root(),
            new Bytes(body.toByteArray()),
            Ask.CBOR,
            true,
            Duration.ZERO);
    return requests.send(ask).thenApply(reply -> Math.max(0, before - known(reply).size()));
  }

  MissCause explain(Bytes key) {
    var reply =
        WaitingStore.join(
            requests.send(Ask.bare("GET", requests.paths().of("explain", key), true)));
    return Batches.cause(Trees.text(Trees.of(reply), "missing"));
  }

  /** One request; what was last known, and why, while the server does not answer. */
  StoreInfo info() {
    try {
      return known(
          WaitingStore.join(requests.send(Ask.bare("GET", requests.paths().root(), true))));
    } catch (CacheException e) {
      // Also where it refuses, or the cache was closed meanwhile.
      return with(last, problems(List.of(String.valueOf(e.getMessage()))));
    }
  }

  private StoreInfo known(Reply reply) {
    var told = Trees.of(reply);
    var store = Trees.object(told, "store");
    var info =
        new StoreInfo(
            bounds(Trees.object(told, "settings")),
            Trees.number(store, "size", 0),
            Trees.number(store, "weight", 0),
            Trees.number(store, "bytes", 0),
            Trees.number(store, "peakSize", 0),
            Trees.number(store, "evictions", 0),
            Trees.number(store, "expirations", 0),
            List.of(),
            Map.of());
    last = info;
    return with(
        info, problems(Trees.list(store, "problems").stream().map(String::valueOf).toList()));
  }

  private static Bounds bounds(Map<?, ?> settings) {
    return new Bounds(
        bound(settings, "maximumEntries"),
        bound(settings, "maximumWeight"),
        bound(settings, "maximumBytes"));
  }

  private static long bound(Map<?, ?> settings, String name) {
    var bound = Trees.number(settings, name, Bounds.NONE);
    if (bound < 0) {
      throw new StoreException(
          "the server answered not as expected: " + name + " of the cache is " + bound);
    }
    return bound;
  }

  private List<String> problems(List<String> first) {
    var problems = new ArrayList<>(first);
    problems.addAll(link.problems());
    if (!feed.problem().isEmpty()) {
      problems.add(feed.problem());
    }
    return problems;
  }

  private StoreInfo with(StoreInfo known, List<String> problems) {
    return new StoreInfo(
        known.bounds(),
        known.size(),
        known.weight(),
        known.bytes(),
        known.peakSize(),
        known.evictions(),
        known.expirations(),
        problems.stream().map(each -> "cache '" + cache + "': " + each).distinct().toList(),
        details());
  }

  private Map<String, String> details() {
    var details = new TreeMap<>(link.hosts());
    details.put("events", feed.state());
    return details;
  }
}
