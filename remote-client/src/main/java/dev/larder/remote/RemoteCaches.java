package dev.larder.remote;

import dev.larder.Placement;
import dev.larder.spi.Context;
import java.util.Set;

/** The caches of a server, by name. */
final class RemoteCaches implements AutoCloseable {
  private final Link link;

  private RemoteCaches(Link link) {
    this.link = link;
  }

  /** At the servers that a description says; the name is for messages. */
  static RemoteCaches of(String cache, Placement placement, Context context) {
    return new RemoteCaches(Links.to(RemoteOptions.of(cache, placement), context));
  }

  Set<String> names() {
    if (link.problems().isEmpty()) {
      throw new UnsupportedOperationException("not yet");
    }
    return Set.of();
  }

  void destroy(String name) {
    if (!name.isEmpty()) {
      throw new UnsupportedOperationException("not yet");
    }
  }

  @Override
  public void close() {
    link.release();
  }
}
