package dev.larder.disk;

import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import org.jspecify.annotations.Nullable;

/**
 * One entry as it lies in a file, or is about to.
 *
 * @param id the number it got when it was created and keeps while it is there; newer entries have
 *     larger ones
 * @param key the key
 * @param version the version of its last write
 * @param writtenAt when it was last written, in milliseconds since the epoch
 * @param accessedAt when it was last accessed, coarsened
 * @param deadline when it expires
 * @param own whether the deadline was given with the value, so that the rule of the cache leaves it
 *     alone
 * @param weight what it counts against a bound by weight
 * @param size what it counts against a bound by bytes
 * @param schema the schema version of the value
 * @param payload the value, null where only the rest was asked for
 */
record Row(
    long id,
    Bytes key,
    long version,
    long writtenAt,
    long accessedAt,
    long deadline,
    boolean own,
    int weight,
    long size,
    int schema,
    @Nullable Payload payload) {

  /** The same row with its value. */
  Row with(Payload value) {
    return new Row(
        id, key, version, writtenAt, accessedAt, deadline, own, weight, size, schema, value);
  }
}
