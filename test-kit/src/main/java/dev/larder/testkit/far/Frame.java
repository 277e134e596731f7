package dev.larder.testkit.far;

import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Payload;

/** What travels from the owner to a client without being asked for. */
sealed interface Frame {

  /** A change, with its number in the stream of this client. */
  record Event(long sequence, Bytes key, Change<Payload> change) implements Frame {}

  /** A heartbeat: what was sent up to that number has arrived or never will. */
  record Through(long sequence) implements Frame {}
}
