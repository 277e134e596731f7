package dev.larder.jcache;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the provider logs while it is open. */
final class LogCapture extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("dev.larder.jcache");
  private final List<String> messages = new ArrayList<>();

  LogCapture() {
    logger.addHandler(this);
  }

  synchronized List<String> messages() {
    return List.copyOf(messages);
  }

  long count(String part) {
    return messages().stream().filter(message -> message.contains(part)).count();
  }

  @Override
  public synchronized void publish(LogRecord entry) {
    messages.add(entry.getLevel() + " " + entry.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
