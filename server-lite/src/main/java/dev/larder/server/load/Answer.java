package dev.larder.server.load;

/**
 * One answer of a server.
 *
 * @param missing how many entries asked for were not there
 * @param refusal what it said when it refused the request, empty when it did what was asked
 */
record Answer(int missing, String refusal) {
  /** It did what was asked. */
  static final Answer DONE = new Answer(0, "");

  /** The entry asked for is not there. */
  static final Answer MISSING = new Answer(1, "");

  boolean refused() {
    return !refusal.isEmpty();
  }
}
