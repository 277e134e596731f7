package dev.larder.codec;

import dev.larder.Codec;
import dev.larder.spi.Bytes;
import dev.larder.spi.Inventory;
import dev.larder.spi.Payload;
import java.util.Set;
import tools.jackson.core.json.JsonFactory;

/**
 * The forms of a cache in a snapshot.
 *
 * @param keys the form of keys
 * @param values the form of values
 */
record Forms<K, V>(Form<K> keys, Form<V> values) {

  /** Codecs whose values the JSON codec binds all the same. */
  private static final Set<String> BINDABLE = Set.of("", "json", "cbor");

  /** What is bytes already, as in the caches of a server; only the engine has their codecs. */
  private static final Set<Class<?>> RAW = Set.of(Bytes.class, Payload.class);

  static <K, V> Forms<K, V> of(Inventory<K, V> cache, Layout layout) {
    var spec = cache.spec();
    return new Forms<>(form(cache, spec.keyType(), layout), form(cache, spec.valueType(), layout));
  }

  private static <T> Form<T> form(Inventory<?, ?> cache, Class<T> type, Layout layout) {
    var chosen = cache.spec().placement().options().getOrDefault("codec", "");
    var simple = Simple.of(type);
    var bindable =
        simple.isEmpty()
            && type != Object.class
            && !RAW.contains(type)
            && BINDABLE.contains(chosen);
    if (layout == Layout.CBOR) {
      return new Form.Binary<>(
          bindable && chosen.isEmpty() ? new CborCodecs().codec(type) : codec(cache, type));
    }
    if (bindable) {
      return embedded(new JsonCodecs().codec(type));
    }
    var codec = codec(cache, type);
    if (simple.isPresent() || type == Object.class) {
      return new Plain<>(simple.orElse(Simple.STRING), codec);
    }
    return codec.contentType().equals("application/json")
        ? embedded(codec)
        : new Form.Binary<>(codec);
  }

  private static <T> Codec<T> codec(Inventory<?, ?> cache, Class<T> type) {
    return cache.codecs().forType(type);
  }

  private static <T> Form<T> embedded(Codec<T> codec) {
    return new Form.Embedded<>(codec, (JsonFactory) Layout.JSON.mapper().tokenStreamFactory());
  }
}
