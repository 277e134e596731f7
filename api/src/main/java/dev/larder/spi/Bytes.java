package dev.larder.spi;

import java.util.Arrays;

/**
 * A key as bytes, compared by content. Immutable: the array is not copied and must not be changed.
 * Ordered by its bytes, unsigned, so that a table can keep many keys of one hash code in order:
 * whoever chooses the keys can choose such.
 */
public final class Bytes implements Comparable<Bytes> {
  private final byte[] array;
  private final int hash;

  /** Takes the array over. */
  public Bytes(byte[] array) {
    this.array = array;
    this.hash = Arrays.hashCode(array);
  }

  /** The bytes; not to be changed. */
  public byte[] array() {
    return array;
  }

  @Override
  public int compareTo(Bytes that) {
    return Arrays.compareUnsigned(array, that.array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(array, that.array);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The length only: keys may be secret. */
  @Override
  public String toString() {
    return array.length + " bytes";
  }
}
