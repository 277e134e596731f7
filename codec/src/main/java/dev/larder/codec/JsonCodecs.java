package dev.larder.codec;

import dev.larder.Codec;
import dev.larder.ConfigurationException;
import dev.larder.spi.CodecProvider;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The codecs named {@code json}: text that people can read. Properties and map entries are written
 * in order, so that equal values give equal bytes.
 */
public final class JsonCodecs implements CodecProvider {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  /** For {@link java.util.ServiceLoader}. */
  public JsonCodecs() {}

  @Override
  public String name() {
    return "json";
  }

  @Override
  public <T> Codec<T> codec(Class<T> type) {
    if (type == Object.class) {
      throw new ConfigurationException(
          "the codec json needs the declared type of keys and values; name them where the cache is described");
    }
    return new JacksonCodec<>("application/json", type, MAPPER);
  }
}
