package dev.larder.engine;

import dev.larder.CacheSpec;
import dev.larder.Codec;
import dev.larder.CodecException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Codecs;
import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import dev.larder.spi.Stored;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of one cache to bytes and back. A value of another schema version, or one that
 * cannot be decoded, is no value: reads miss, and each cause is logged once.
 */
final class Encoding<K, V> {
  private static final System.Logger LOG = System.getLogger("dev.larder");

  private final String cache;
  private final int schema;
  private final Codec<K> keys;
  private final Codec<V> values;
  private final @Nullable Sizer<K, V> sizer;
  private final ConcurrentHashMap<String, Boolean> told = new ConcurrentHashMap<>();

  Encoding(CacheSpec<K, V> spec, Codecs codecs) {
    this.cache = spec.name();
    this.schema = spec.placement().schemaVersion();
    this.keys = codecs.forType(spec.keyType());
    this.values = codecs.forType(spec.valueType());
    this.sizer = Sizer.of(spec);
  }

  Bytes key(K key) {
    return new Bytes(keys.encode(key));
  }

  K key(Bytes bytes) {
    return keys.decode(bytes.array());
  }

  /** The key, or null when it is none of ours: written under another type or codec, or damaged. */
  @Nullable K keyOrNull(Bytes bytes) {
    try {
      return key(bytes);
    } catch (CodecException e) {
      refuse("keys that cannot be read: " + e.getMessage(), e);
      return null;
    }
  }

  Payload payload(K key, V value, Meta meta) {
    var weight = sizer == null ? meta.weight() : sizer.size(key, value).weight();
    return new Payload(
        values.encode(value), new Meta(values.contentType(), schema, weight, meta.tags()));
  }

  /** The value, or null when it is none of ours. */
  @Nullable V value(Payload payload) {
    var meta = payload.meta();
    if (meta.schema() != schema) {
      refuse(
          "values of schema version " + meta.schema() + " where " + schema + " is expected", null);
      return null;
    }
    if (!meta.contentType().equals(values.contentType())) {
      refuse(
          "values of type "
              + meta.contentType()
              + " where "
              + values.contentType()
              + " is expected",
          null);
      return null;
    }
    try {
      return values.decode(payload.array());
    } catch (CodecException e) {
      refuse(String.valueOf(e.getMessage()), e);
      return null;
    }
  }

  @Nullable Stored<V> decoded(@Nullable Stored<Payload> stored) {
    var payload = stored == null ? null : stored.value();
    if (stored == null || payload == null) {
      return null;
    }
    var value = value(payload);
    return value == null
        ? null
        : new Stored.Snapshot<>(value, stored.deadline(), stored.version(), payload.meta());
  }

  private void refuse(String cause, @Nullable Throwable thrown) {
    if (told.size() < 100 && told.putIfAbsent(cause, true) == null) {
      LOG.log(
          Level.WARNING,
          "cache '" + cache + "': found " + cause + "; such entries are misses",
          thrown);
    }
  }
}
