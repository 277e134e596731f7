package dev.larder.remote;

import dev.larder.spi.Bytes;
import tools.jackson.core.JsonGenerator;

/** One operation of a batch, as docs/wire-protocol.md describes it. Immutable. */
interface Op {

  /** The key it is about. */
  Bytes key();

  /** Whether doing it twice does no more than doing it once: reads. */
  boolean repeatable();

  /** About how many bytes it takes in a request. */
  int size();

  /** Writes it as one CBOR object. */
  void write(JsonGenerator out);
}
