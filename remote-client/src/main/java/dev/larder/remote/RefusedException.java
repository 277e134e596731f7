package dev.larder.remote;

/**
 * The server refused a request as a whole, so nothing of it was done. Never reaches the user as it
 * is: {@link Refusals} turns it into what a store throws.
 */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String word;

  /**
   * A refusal.
   *
   * @param status of HTTP
   * @param word of docs/wire-protocol.md, empty where the server said none
   * @param detail what was wrong and what is allowed, for people
   */
  RefusedException(int status, String word, String detail) {
    super(detail);
    this.status = status;
    this.word = word;
  }

  int status() {
    return status;
  }

  String word() {
    return word;
  }

  /** Whether the server knows no cache of that name, as after a restart. */
  boolean noCache() {
    return word.equals("no-cache");
  }
}
