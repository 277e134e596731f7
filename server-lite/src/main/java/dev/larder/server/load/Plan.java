package dev.larder.server.load;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How a server is loaded. It ends after so many values or so much time, whichever comes first; both
 * are bounded, so every plan ends.
 *
 * @param kind what is done
 * @param reads the share of reads of a {@link Kind#MIXED} load, 0 to 1
 * @param pressure how much is asked at once
 * @param data what is read and written
 * @param values how many entries are read or written in all, the warm-up not counted
 * @param time for how long, the warm-up not counted
 * @param warmup for how long before that, not measured
 */
public record Plan(
    Kind kind,
    double reads,
    Pressure pressure,
    Data data,
    long values,
    Duration time,
    Duration warmup) {
  /** The most values in one load. */
  public static final long MOST_VALUES = 10_000_000_000L;

  /** The longest load. */
  public static final Duration LONGEST = Duration.ofHours(1);

  /** Throws {@link IllegalArgumentException} naming what is out of range and what is allowed. */
  public Plan {
    if (!(reads >= 0 && reads <= 1)) {
      throw new IllegalArgumentException("reads " + reads + ": allowed is a share from 0 to 1");
    }
    within("operations", values, 1, MOST_VALUES);
    within("seconds", time.toSeconds(), 1, LONGEST.toSeconds());
    within("seconds of warm-up", warmup.toSeconds(), 0, LONGEST.toSeconds());
  }

  /**
   * How much is asked at once.
   *
   * @param connections open at once
   * @param depth requests under way on each
   * @param threads that drive the connections
   */
  public record Pressure(int connections, int depth, int threads) {
    /** Throws {@link IllegalArgumentException} naming what is out of range. */
    public Pressure {
      within("connections", connections, 1, 50_000);
      within("requests in a pipeline", depth, 1, 10_000);
      within("threads", threads, 1, 64);
    }
  }

  /**
   * What is read and written.
   *
   * @param prefix how all keys begin
   * @param keys how many different keys there are
   * @param bytes the length of a value
   * @param batch entries in one request of a {@linkplain Kind#BATCH_GET batch}
   */
  public record Data(String prefix, int keys, int bytes, int batch) {
    // These need no escaping in a path, in JSON, or anywhere else.
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9:._-]{1,100}");

    /** Throws {@link IllegalArgumentException} naming what is out of range. */
    public Data {
      if (!PREFIX.matcher(prefix).matches()) {
        throw new IllegalArgumentException(
            "the prefix of keys \""
                + prefix
                + "\": allowed are 1 to 100 letters, digits, ':', '.', '_' and '-'");
      }
      within("keys", keys, 1, 10_000_000);
      within("bytes of a value", bytes, 1, 64 << 20);
      within("entries in a batch", batch, 1, 10_000);
      within("bytes of a batch", (long) batch * bytes, 1, 64 << 20);
    }
  }

  /** How many entries one request is about. */
  int perRequest() {
    return kind.batch() ? data.batch() : 1;
  }

  private static void within(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " " + value + ": allowed are " + least + " to " + most);
    }
  }
}
