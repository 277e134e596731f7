package dev.larder.docs;

import dev.larder.testkit.LogCapture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    try (var log = new LogCapture("dev.larder")) {
      CacheMistakes.make(this);
      JCacheMistakes.make(this);
      RemoteMistakes.make(this);
      said.addAll(log.messages());
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
}
