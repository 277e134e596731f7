package dev.larder.remote;

import dev.larder.Placement;
import dev.larder.spi.Context;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The caches of a server, by name. */
final class RemoteCaches implements AutoCloseable {
  private static final int ALWAYS_THERE = 409;

  private final String cache;
  private final Link link;

  private RemoteCaches(String cache, Link link) {
    this.cache = cache;
    this.link = link;
  }

  /** At the servers that a description says; the name is for messages. */
  static RemoteCaches of(String cache, Placement placement, Context context) {
    return new RemoteCaches(cache, Links.to(RemoteOptions.of(cache, placement), context));
  }

  /** The names of the caches there are. */
  Set<String> names() {
    var reply = asked(Ask.bare("GET", "/v1/caches", true), 0);
    var names = new TreeSet<String>();
    for (var each : Trees.list(Trees.of(reply), "caches")) {
      if (each instanceof Map<?, ?> cache) {
        names.add(Names.given(Trees.text(cache, "name")));
      }
    }
    return names;
  }

  /** Deletes a cache with its entries; does nothing when there is none. */
  void destroy(String name) {
    var paths = new Paths(name);
    var reply = asked(Ask.bare("DELETE", paths.root(), true), ALWAYS_THERE);
    if (reply.status() == ALWAYS_THERE) {
      // One cache of every server cannot go; its entries can.
      asked(Ask.bare("POST", paths.of("clear"), true), 0);
    }
  }

  private Reply asked(Ask ask, int allowed) {
    var reply = link.sendAndWait(ask);
    if (reply.status() == allowed || Refusals.success(reply)) {
      return reply;
    }
    var refused = Refusals.of(reply);
    if (refused.noCache()) {
      return reply;
    }
    throw Refusals.told(cache, refused);
  }

  @Override
  public void close() {
    link.release();
  }
}
