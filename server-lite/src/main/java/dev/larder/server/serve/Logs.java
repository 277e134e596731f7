package dev.larder.server.serve;

import dev.larder.server.serve.Settings.Logging;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sets java.util.logging up, which is behind {@link System.Logger}: one handler, on the root. */
final class Logs {
  /** Held, since java.util.logging forgets the level of a logger that nobody holds. */
  private static final Logger OURS = Logger.getLogger("dev.larder");

  private Logs() {}

  /** Nothing is said until the settings have told how. */
  static void quiet() {
    install(new Logging(Logging.Level.OFF, Logging.Format.TEXT), System.err);
  }

  /** From now on all that this process logs goes there, in that form, from that level on. */
  static void install(Logging logging, PrintStream to) {
    var root = Logger.getLogger("");
    for (var handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new Lines(to, new LogFormatter(logging.format())));
    var level = level(logging.level());
    OURS.setLevel(level);
    // Libraries are not asked for details: theirs are about single operations.
    root.setLevel(level.intValue() > Level.WARNING.intValue() ? level : Level.WARNING);
  }

  private static Level level(Logging.Level level) {
    return switch (level) {
      case TRACE -> Level.FINER;
      case DEBUG -> Level.FINE;
      case INFO -> Level.INFO;
      case WARN -> Level.WARNING;
      case ERROR -> Level.SEVERE;
      case OFF -> Level.OFF;
    };
  }

  private static final class Lines extends Handler {
    private final PrintStream to;

    Lines(PrintStream to, LogFormatter formatter) {
      this.to = to;
      setFormatter(formatter);
    }

    @Override
    public void publish(LogRecord record) {
      if (isLoggable(record)) {
        var line = getFormatter().format(record).getBytes(StandardCharsets.UTF_8);
        to.write(line, 0, line.length);
        to.flush();
      }
    }

    @Override
    public void flush() {
      to.flush();
    }

    @Override
    public void close() {
      to.flush();
    }
  }
}
