package dev.larder.spi;

/**
 * A place in a scan.
 *
 * @param position what the store makes of it; 0 is the beginning
 * @param place what a store far away calls it, empty where there is none
 */
public record Cursor(long position, String place) {
  /** The beginning. */
  public static final Cursor START = new Cursor(0);

  /** A place that a number says. */
  public Cursor(long position) {
    this(position, "");
  }

  /** A place as a store far away calls it. */
  public static Cursor at(String place) {
    return new Cursor(0, place);
  }
}
