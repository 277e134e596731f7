package dev.larder.server.serve;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What one part of the server logs while this is open. */
final class Told extends Handler implements AutoCloseable {
  private final Logger logger;
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  private Told(Logger logger) {
    this.logger = logger;
    logger.addHandler(this);
  }

  static Told by(String part) {
    return new Told(Logger.getLogger("dev.larder." + part));
  }

  List<LogRecord> records() {
    return records;
  }

  /** As lines. */
  List<String> lines() {
    var formatter = new LogFormatter(Settings.Logging.Format.TEXT);
    return records.stream().map(formatter::format).toList();
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
