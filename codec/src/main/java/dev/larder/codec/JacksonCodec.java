package dev.larder.codec;

import dev.larder.Codec;
import dev.larder.CodecException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * Values as their declared type, by Jackson's data binding. Never reads a class name from the
 * bytes. Fields that a value does not know are skipped, and missing ones get their defaults, so
 * that two versions of a type can share a cache.
 */
final class JacksonCodec<T> implements Codec<T> {
  private final String contentType;
  private final Class<T> type;
  private final ObjectReader reader;
  private final ObjectWriter writer;

  JacksonCodec(String contentType, Class<T> type, ObjectMapper mapper) {
    this.contentType = contentType;
    this.type = type;
    this.reader = mapper.readerFor(type);
    this.writer = mapper.writerFor(type);
  }

  @Override
  public String contentType() {
    return contentType;
  }

  @Override
  public byte[] encode(T value) {
    try {
      return writer.writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw new CodecException(
          "a value of type "
              + value.getClass().getName()
              + " cannot be written as "
              + contentType
              + ": "
              + e.getOriginalMessage(),
          e);
    }
  }

  @Override
  public T decode(byte[] bytes) {
    T value;
    try {
      value = reader.readValue(bytes);
    } catch (JacksonException e) {
      throw refused(e.getOriginalMessage(), e);
    }
    if (value == null) {
      throw refused("they hold null", null);
    }
    return value;
  }

  private CodecException refused(String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new CodecException(
        "bytes of " + contentType + " cannot be read as " + type.getName() + ": " + why, cause);
  }
}
