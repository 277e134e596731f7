package dev.larder.server.serve;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of itself: a message that is always the same words, and fields that differ.
 * Never about single operations, and never with keys, values or passwords.
 */
public final class Log {
  private final Logger logger;

  private Log(Logger logger) {
    this.logger = logger;
  }

  /** The log of a part of the server, by a word. */
  public static Log of(String part) {
    return new Log(System.getLogger("dev.larder." + part));
  }

  /** Names and values, in order; what {@link LogFormatter} finds among a record's parameters. */
  record Fields(Map<String, Object> each) {
    static Fields of(@Nullable Object... pairs) {
      var each = new LinkedHashMap<String, Object>();
      for (var at = 0; at + 1 < pairs.length; at += 2) {
        each.put(String.valueOf(pairs[at]), String.valueOf(pairs[at + 1]));
      }
      return new Fields(each);
    }
  }

  /** A failure and what else there is to say of it. */
  record Failed(Throwable failure, Fields fields) {}

  /** What helps to find a mistake. */
  public void debug(String message, @Nullable Object... fields) {
    say(Level.DEBUG, message, fields);
  }

  /** Start, end, changes of state. */
  public void info(String message, @Nullable Object... fields) {
    say(Level.INFO, message, fields);
  }

  /** What somebody should look at. */
  public void warn(String message, @Nullable Object... fields) {
    say(Level.WARNING, message, fields);
  }

  /** What failed. */
  public void error(String message, @Nullable Object... fields) {
    say(Level.ERROR, message, fields);
  }

  /** What failed, with the frames of the failure. */
  public void failure(String message, Throwable failure, @Nullable Object... fields) {
    if (logger.isLoggable(Level.ERROR)) {
      logger.log(Level.ERROR, message, new Failed(failure, Fields.of(fields)));
    }
  }

  private void say(Level level, String message, @Nullable Object... fields) {
    if (logger.isLoggable(level)) {
      logger.log(level, message, Fields.of(fields));
    }
  }
}
