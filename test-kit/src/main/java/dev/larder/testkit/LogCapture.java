package dev.larder.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What is logged under a name while this is open. Safe for all threads. */
public final class LogCapture extends Handler implements AutoCloseable {
  private final Logger logger;
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final List<String> messages = new ArrayList<>();

  /** Of that logger and those below it. */
  public LogCapture(String name) {
    logger = Logger.getLogger(name);
    logger.addHandler(this);
  }

  /** Level and text of each record, in their order. */
  public synchronized List<String> messages() {
    return List.copyOf(messages);
  }

  /** How many records contain the text. */
  public long count(String part) {
    return messages().stream().filter(message -> message.contains(part)).count();
  }

  @Override
  public synchronized void publish(LogRecord entry) {
    messages.add(entry.getLevel() + " " + formatter.formatMessage(entry));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
