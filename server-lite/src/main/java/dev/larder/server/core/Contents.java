package dev.larder.server.core;

import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The value model: a value is bytes with a content type. The Redis protocol writes bytes of {@link
 * #RAW}; HTTP writes what the request says; each reads what the other wrote, byte for byte.
 * docs/server.md says what that means for numbers and JSON.
 */
public final class Contents {
  /** Bytes of which nobody said what they are. */
  public static final String RAW = "application/octet-stream";

  /** JSON text (RFC 8259) in UTF-8. */
  public static final String JSON = "application/json";

  /** What values weigh whose writer said nothing. */
  public static final int WEIGHT = 1;

  /** So many forms of values share their description; more are fine, but cost memory. */
  private static final int SHARED = 1_000;

  private final ConcurrentHashMap<String, Meta> metas = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Meta, Meta> rare = new ConcurrentHashMap<>();
  private final int schema;
  private final Meta raw;

  Contents(int schema) {
    this.schema = schema;
    this.raw = meta(RAW);
  }

  /** Bytes as the Redis protocol writes them. Takes the array over. */
  public Payload raw(byte[] bytes) {
    return new Payload(bytes, raw);
  }

  /** Bytes of a content type. Takes the array over. */
  public Payload of(byte[] bytes, String contentType) {
    return new Payload(bytes, meta(contentType));
  }

  /** The same of a schema version, and with a weight, that their writer said. */
  public Payload of(byte[] bytes, String contentType, int itsSchema, int weight) {
    return itsSchema == schema && weight == WEIGHT
        ? of(bytes, contentType)
        : new Payload(bytes, shared(new Meta(contentType, itsSchema, weight, Set.of())));
  }

  private Meta shared(Meta made) {
    var known = rare.get(made);
    if (known == null && rare.size() < SHARED) {
      known = rare.putIfAbsent(made, made);
    }
    return known == null ? made : known;
  }

  /** The schema version of values whose writer said none: that of the cache. */
  public int schema() {
    return schema;
  }

  /** What an entry of a content type carries. */
  public Meta meta(String contentType) {
    var known = metas.get(contentType);
    if (known != null) {
      return known;
    }
    var made = new Meta(contentType, schema, WEIGHT, Set.of());
    if (metas.size() < SHARED) {
      metas.putIfAbsent(contentType, made);
    }
    return made;
  }
}
