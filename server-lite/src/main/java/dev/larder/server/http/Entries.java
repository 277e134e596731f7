package dev.larder.server.http;

import dev.larder.Life;
import dev.larder.server.core.Database;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import dev.larder.spi.Step;
import dev.larder.spi.Verbs;
import dev.larder.spi.Verbs.Terms;
import dev.larder.spi.Verbs.Written;

/** Writes as the short paths do them: whatever is there, with a life of its own or the cache's. */
final class Entries {
  private Entries() {}

  /** Writes an entry; {@link Life#UNCHANGED} is the life of the cache's rule. */
  static Written put(Database database, Bytes key, Payload value, long life) {
    return life == Life.UNCHANGED
        ? database.update(key, Verbs.put(), value)
        : database.update(key, Verbs.putWith(), new Terms<>(value, life, value.meta()));
  }

  /** The same as a step of a batch. */
  static Step<Bytes, Payload> step(Bytes key, Payload value, long life) {
    return life == Life.UNCHANGED
        ? Step.of(key, Verbs.put(), value)
        : Step.of(key, Verbs.putWith(), new Terms<>(value, life, value.meta()));
  }
}
