package dev.larder.spi;

import dev.larder.Codec;

/**
 * Makes codecs of one kind; found with {@link java.util.ServiceLoader} by its name, which a cache
 * asks for with the option {@code codec}.
 */
public interface CodecProvider {

  /** The name in the configuration, such as {@code cbor}. */
  String name();

  /**
   * The codec for values declared as this type.
   *
   * @throws dev.larder.ConfigurationException when there is none, naming the type and what to do
   */
  <T> Codec<T> codec(Class<T> type);
}
