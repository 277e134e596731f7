package dev.larder.spi;

/**
 * A place in a scan.
 *
 * @param position what the store makes of it; 0 is the beginning
 */
public record Cursor(long position) {
  /** The beginning. */
  public static final Cursor START = new Cursor(0);
}
