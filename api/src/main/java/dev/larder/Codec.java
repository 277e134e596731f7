package dev.larder;

/**
 * Turns values of a type to bytes and back, for stores that hold bytes. Safe for all threads. Equal
 * keys must give equal bytes where a codec is used for keys.
 */
public interface Codec<T> {

  /**
   * The name that is written beside the bytes, so that a reader knows the form: a media type such
   * as {@code application/cbor}.
   */
  String contentType();

  /**
   * The bytes of a value; the caller owns the array. Throws {@link CodecException} naming the type
   * when it cannot.
   */
  byte[] encode(T value);

  /**
   * The value of the bytes, which it must not keep or change. Throws {@link CodecException} when
   * they are not its own.
   */
  T decode(byte[] bytes);
}
