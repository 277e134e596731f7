package dev.larder.codec;

import dev.larder.Codec;
import dev.larder.ConfigurationException;
import dev.larder.spi.CodecProvider;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * The codecs named {@code cbor}: compact and binary (RFC 8949). Properties and map entries are
 * written in order, so that equal values give equal bytes.
 */
public final class CborCodecs implements CodecProvider {
  private static final CBORMapper MAPPER =
      CBORMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  /** For {@link java.util.ServiceLoader}. */
  public CborCodecs() {}

  @Override
  public String name() {
    return "cbor";
  }

  @Override
  public <T> Codec<T> codec(Class<T> type) {
    if (type == Object.class) {
      throw new ConfigurationException(
          "the codec cbor needs the declared type of keys and values; name them where the cache is described");
    }
    return new JacksonCodec<>("application/cbor", type, MAPPER);
  }
}
