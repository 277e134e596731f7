package dev.larder.spi;

import java.util.Arrays;

/**
 * A value as bytes, with what travels beside it. Immutable: the array is not copied and must not be
 * changed.
 */
public final class Payload {
  private final byte[] array;
  private final Meta meta;

  /** Takes the array over. */
  public Payload(byte[] array, Meta meta) {
    this.array = array;
    this.meta = meta;
  }

  /** The bytes; not to be changed. */
  public byte[] array() {
    return array;
  }

  /** What travels beside them. */
  public Meta meta() {
    return meta;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that
        && Arrays.equals(array, that.array)
        && meta.equals(that.meta);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  /** The length only: values may be secret. */
  @Override
  public String toString() {
    return array.length + " bytes";
  }
}
