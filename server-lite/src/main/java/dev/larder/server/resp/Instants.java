package dev.larder.server.resp;

/**
 * Turns what clients say of lives into deadlines, with the refusals of Redis. A deadline beyond
 * some 36 million years is the same as never.
 */
final class Instants {
  private static final long SECOND = 1_000;

  private Instants() {}

  /** How a client says when an entry ends. */
  enum Unit {
    /** In so many seconds. */
    EX(true, false),
    /** In so many milliseconds. */
    PX(false, false),
    /** At that second since the epoch. */
    EXAT(true, true),
    /** At that millisecond since the epoch. */
    PXAT(false, true);

    private final boolean seconds;
    private final boolean absolute;

    Unit(boolean seconds, boolean absolute) {
      this.seconds = seconds;
      this.absolute = absolute;
    }
  }

  /** A deadline given with a write, which must be a positive figure. */
  static long positive(byte[] amount, Unit unit, long now, String command) {
    if (Numbers.parse(amount) <= 0) {
      throw invalid(command);
    }
    return any(amount, unit, now, command);
  }

  /** A deadline that may have passed. */
  static long any(byte[] amount, Unit unit, long now, String command) {
    try {
      var figure = Numbers.parse(amount);
      var millis = unit.seconds ? Math.multiplyExact(figure, SECOND) : figure;
      return unit.absolute ? millis : Math.addExact(millis, now);
    } catch (ArithmeticException e) {
      throw invalid(command);
    }
  }

  private static CommandException invalid(String command) {
    return new CommandException("ERR invalid expire time in '" + command + "' command");
  }

  /** Milliseconds as seconds, rounded as Redis does. */
  static long seconds(long millis) {
    return millis > Long.MAX_VALUE - SECOND / 2 ? millis / SECOND : (millis + SECOND / 2) / SECOND;
  }
}
