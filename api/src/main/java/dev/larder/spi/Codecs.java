package dev.larder.spi;

import dev.larder.Codec;

/** Finds the codec of a type. */
@FunctionalInterface
public interface Codecs {

  /**
   * The codec for values declared as this type.
   *
   * @throws dev.larder.ConfigurationException when there is none, naming the type and what to add
   */
  <T> Codec<T> forType(Class<T> type);
}
