package dev.larder.server.resp;

import dev.larder.spi.Bytes;
import java.util.LinkedHashSet;
import java.util.Set;

/** The channels and patterns that one client listens to, in the order in which it said so. */
final class Subscriptions {
  private final Set<Bytes> channels = new LinkedHashSet<>();
  private final Set<Bytes> patterns = new LinkedHashSet<>();

  Set<Bytes> channels() {
    return channels;
  }

  Set<Bytes> patterns() {
    return patterns;
  }

  boolean isEmpty() {
    return channels.isEmpty() && patterns.isEmpty();
  }

  int size() {
    return channels.size() + patterns.size();
  }
}
