package dev.larder.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Makes the mistakes that the page of troubles tells of, and keeps what was said. */
final class Provocations {

  /** Something that goes wrong. */
  interface Mistake {
    /** Makes it. */
    void make() throws Throwable;
  }

  private final Path folder;
  private final List<String> said = new ArrayList<>();

  Provocations(Path folder) {
    this.folder = folder;
  }

  /** Everything that was said, in exceptions and in the log. */
  List<String> all() throws Exception {
    var logger = Logger.getLogger("dev.larder");
    var log = new Kept();
    logger.addHandler(log);
    try {
      CacheMistakes.make(this);
      JCacheMistakes.make(this);
      RemoteMistakes.make(this);
    } finally {
      logger.removeHandler(log);
    }
    return said;
  }

  /** A place for files. */
  Path folder() {
    return folder;
  }

  /** Makes a mistake and keeps the messages of what it throws, causes too. */
  void tell(Mistake mistake) {
    try {
      mistake.make();
    } catch (Throwable e) {
      for (var each = e; each != null; each = each.getCause()) {
        said.add(String.valueOf(each.getMessage()));
      }
    }
  }

  /** Keeps what was said otherwise. */
  void heard(String text) {
    said.add(text);
  }

  private final class Kept extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();

    @Override
    public void publish(LogRecord line) {
      said.add(formatter.formatMessage(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
