package dev.larder.testkit.far;

import dev.larder.MissCause;
import dev.larder.RemovalCause;
import dev.larder.spi.Bytes;
import java.util.LinkedHashMap;

/**
 * Why the entries that left last did. Bounded: what is older is not known any more. Lives on the
 * owner's thread.
 */
final class Departures {
  private static final int KEPT = 10_000;
  private final LinkedHashMap<Bytes, MissCause> causes = new LinkedHashMap<>();
  private boolean forgotten;

  void left(Bytes key, RemovalCause cause) {
    causes.remove(key);
    causes.put(key, of(cause));
    if (causes.size() > KEPT) {
      causes.remove(causes.keySet().iterator().next());
      forgotten = true;
    }
  }

  void back(Bytes key) {
    causes.remove(key);
  }

  MissCause why(Bytes key) {
    return causes.getOrDefault(key, forgotten ? MissCause.UNKNOWN : MissCause.COLD);
  }

  private static MissCause of(RemovalCause cause) {
    return switch (cause) {
      case EXPIRED -> MissCause.EXPIRED;
      case EVICTED -> MissCause.EVICTED;
      case INVALIDATED -> MissCause.INVALIDATED;
      case EXPLICIT, REPLACED -> MissCause.UNKNOWN;
    };
  }
}
