package dev.larder.remote;

import java.util.ArrayDeque;
import java.util.OptionalLong;

/**
 * The marks that were asked for in the stream that is open, each with the instant before it was
 * sent. Safe for all threads.
 */
final class FeedMarks {
  /** So many are waited for; of more the oldest are given up. */
  private static final int MOST = 64;

  private record Sent(long number, long ticks) {}

  private final ArrayDeque<Sent> sent = new ArrayDeque<>();
  private long last;

  /**
   * None yet.
   *
   * @param seed where to begin: best a number that nobody else begins with, so that marks of
   *     different clients cannot be taken for each other
   */
  FeedMarks(long seed) {
    this.last = seed;
  }

  /** The number of a mark about to be sent. */
  synchronized long send(long ticks) {
    if (sent.size() == MOST) {
      sent.removeFirst();
    }
    sent.addLast(new Sent(++last, ticks));
    return last;
  }

  /** A mark came; gives its instant, nothing if it was not waited for. */
  synchronized OptionalLong came(long number) {
    var known =
        sent.stream().filter(each -> each.number() == number).mapToLong(Sent::ticks).findFirst();
    if (known.isPresent()) {
      sent.removeIf(each -> each.number() <= number);
    }
    return known;
  }

  /** The stream is another: what was asked for in the one before does not come any more. */
  synchronized void forget() {
    sent.clear();
  }
}
