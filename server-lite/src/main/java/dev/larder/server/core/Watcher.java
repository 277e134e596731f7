package dev.larder.server.core;

import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Payload;

/**
 * Told of what happens to the entries of a {@link Database}. Called on the thread of the change
 * while the key is held, so that changes of one key come in order: it takes note, hands over, and
 * returns; it never touches a database, waits, or throws.
 */
public interface Watcher {

  /**
   * An entry was created, updated or removed; by expiry and eviction too.
   *
   * @param operation what the client called the operation that did it ({@link Operation}), 0 when
   *     it did not, or nobody asked for the change
   */
  void changed(Bytes key, Change<Payload> change, long operation);

  /** All entries were dropped, with no event for each. */
  void cleared(long operation);
}
