package dev.larder.disk;

/**
 * The value of a row could not be read although its head could: it went in between, or is damaged.
 * Whoever gets this looks again, with values.
 */
final class Vanished extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Vanished() {
    super("the value of an entry is gone", null, false, false);
  }
}
