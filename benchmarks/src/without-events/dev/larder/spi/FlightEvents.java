package dev.larder.spi;

import dev.larder.RemovalCause;

/** Stands in for the class of that name where it is measured what the events cost when off. */
public final class FlightEvents {
  private FlightEvents() {}

  public static Span load(String cache, int keys) {
    return Span.NONE;
  }

  public static Span loadWait(String cache, boolean elsewhere) {
    return Span.NONE;
  }

  public static Span leaseWait(String cache) {
    return Span.NONE;
  }

  public static Span diskFlush(String cache, int rows, boolean forced) {
    return Span.NONE;
  }

  public static void left(String cache, String tier, RemovalCause cause) {}
}
