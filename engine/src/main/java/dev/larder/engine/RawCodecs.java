package dev.larder.engine;

import dev.larder.Codec;
import dev.larder.spi.Bytes;
import dev.larder.spi.Envelope;
import dev.larder.spi.Payload;
import org.jspecify.annotations.Nullable;

/** What is bytes already: keys as they are, values in the envelope that says what they are. */
final class RawCodecs {
  private RawCodecs() {}

  private static final Codec<Bytes> KEYS =
      new Codec<>() {
        @Override
        public String contentType() {
          return "application/octet-stream";
        }

        @Override
        public byte[] encode(Bytes value) {
          return value.array().clone();
        }

        @Override
        public Bytes decode(byte[] bytes) {
          return new Bytes(bytes.clone());
        }
      };

  private static final Codec<Payload> VALUES =
      new Codec<>() {
        @Override
        public String contentType() {
          return "application/vnd.larder.entry";
        }

        @Override
        public byte[] encode(Payload value) {
          return new Envelope(value, 0, 0, 0, 0, 0).encode();
        }

        @Override
        public Payload decode(byte[] bytes) {
          return Envelope.decode(bytes).payload();
        }
      };

  /** The codec of the type, or null for a type that is not bytes already. */
  @SuppressWarnings("unchecked") // the types are compared
  static <T> @Nullable Codec<T> forType(Class<T> type) {
    if (type == (Object) Bytes.class) {
      return (Codec<T>) KEYS;
    }
    return type == (Object) Payload.class ? (Codec<T>) VALUES : null;
  }
}
