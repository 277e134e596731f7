package dev.larder.remote;

import java.util.ArrayDeque;
import java.util.OptionalLong;

/**
 * The marks that were asked for in one stream, each with the instant before it was sent. Safe for
 * all threads.
 */
final class FeedMarks {
  /** So many are waited for; of more the oldest are given up. */
  private static final int MOST = 64;

  private record Sent(long number, long ticks) {}

  private final ArrayDeque<Sent> sent = new ArrayDeque<>();
  private long last;

  /** Whether a request for a mark is under way, and since when. */
  private boolean asking;

  private long askedAt;

  /**
   * None yet.
   *
   * @param seed where to begin: best a number that nobody else begins with, so that marks of
   *     different streams cannot be taken for each other
   */
  FeedMarks(long seed) {
    this.last = seed;
  }

  /**
   * The number of a mark about to be asked for: one request at a time, unless the one before takes
   * so long that its connection is likely dead. {@link #answered} when the request is over.
   *
   * @param ticks the time before it is sent
   * @param patience how long a request may take, in ticks
   */
  synchronized OptionalLong send(long ticks, long patience) {
    if (asking && ticks - askedAt < patience) {
      return OptionalLong.empty();
    }
    asking = true;
    askedAt = ticks;
    if (sent.size() == MOST) {
      sent.removeFirst();
    }
    sent.addLast(new Sent(++last, ticks));
    return OptionalLong.of(last);
  }

  /** The request is over, well or not; the mark itself comes by the stream. */
  synchronized void answered() {
    asking = false;
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
}
