package dev.larder.config;

import dev.larder.ConfigurationException;
import dev.larder.spi.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong, so that one exception tells all of it, first line first. Not for use by
 * several threads.
 */
final class Mistakes {
  /** A file of nonsense must not make an endless message. */
  private static final int MOST = 50;

  private final List<Mistake> found = new ArrayList<>();
  private @Nullable Throwable cause;

  private record Mistake(Place place, String message) {}

  /** Notes a mistake; {@code allowed} says what would be right, empty for nothing to add. */
  void add(Place place, String message, String allowed) {
    found.add(new Mistake(place, allowed.isEmpty() ? message : message + "; allowed: " + allowed));
  }

  /** Notes a key that stands in a file a second time. */
  void twice(String key, Place first, Place second) {
    var message = "key " + Settings.quote(key) + " is here twice, first in line " + first.line();
    add(second, message, "each key once");
  }

  /** Notes the exception behind a mistake; the first one is kept. */
  void because(Throwable reason) {
    if (cause == null) {
      cause = reason;
    }
  }

  /** Throws the one exception when there is a mistake. */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigurationException(message(), cause);
    }
  }

  private String message() {
    var lines =
        found.stream()
            .sorted(Comparator.comparing(Mistake::place))
            .limit(MOST)
            .map(mistake -> mistake.place() + ": " + mistake.message())
            .collect(Collectors.joining("\n"));
    return found.size() <= MOST ? lines : lines + "\n... and " + (found.size() - MOST) + " more";
  }
}
