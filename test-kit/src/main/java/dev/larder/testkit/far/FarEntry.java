package dev.larder.testkit.far;

import dev.larder.spi.Envelope;
import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import dev.larder.spi.Stored;

/**
 * An entry as the owner reads it out of its bytes.
 *
 * @param envelope what the bytes say
 * @param own whether the deadline was given with the value, so that the rule of the cache does not
 *     move it
 */
record FarEntry(Envelope envelope, boolean own) implements Stored<Payload> {

  @Override
  public Payload value() {
    return envelope.payload();
  }

  @Override
  public long deadline() {
    return envelope.deadline();
  }

  @Override
  public long version() {
    return envelope.version();
  }

  @Override
  public Meta meta() {
    return envelope.payload().meta();
  }

  long writtenAt() {
    return envelope.writtenAt();
  }

  boolean expired(long now) {
    return envelope.deadline() <= now;
  }
}
