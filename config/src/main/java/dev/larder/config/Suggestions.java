package dev.larder.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Guesses what was meant by a word that is not known. */
final class Suggestions {
  /** What other caches call it. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("ttl", Keys.WRITE),
          Map.entry("time-to-live", Keys.WRITE),
          Map.entry("expiry", Keys.WRITE),
          Map.entry("tti", Keys.ACCESS),
          Map.entry("time-to-idle", Keys.ACCESS),
          Map.entry("max-idle", Keys.ACCESS),
          Map.entry("size", Keys.ENTRIES),
          Map.entry("max-size", Keys.ENTRIES),
          Map.entry("maximum-size", Keys.ENTRIES),
          Map.entry("max-entries", Keys.ENTRIES),
          Map.entry("capacity", Keys.ENTRIES),
          Map.entry("max-weight", Keys.WEIGHT),
          Map.entry("max-memory", Keys.BYTES),
          Map.entry("max-bytes", Keys.BYTES),
          Map.entry("dir", "path"),
          Map.entry("directory", "path"),
          Map.entry("file", "path"),
          Map.entry("sync", "durability"),
          Map.entry("fsync", "durability"),
          Map.entry("synchronous", "durability"),
          Map.entry("compression", "compress-above"),
          Map.entry("largest-item", "largest-entry"),
          Map.entry("max-entry-size", "largest-entry"),
          Map.entry("eviction", Keys.POLICY),
          Map.entry("eviction-policy", Keys.POLICY));

  /** Longer words are not compared; nobody mistypes them into a key. */
  private static final int LONGEST = 200;

  private Suggestions() {}

  /** The end of a message: {@code , did you mean 'x'?}, or nothing. */
  static String ask(String word, Collection<String> known) {
    return closest(word, known).map(guess -> ", did you mean '" + guess + "'?").orElse("");
  }

  private static Optional<String> closest(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    var plain = plain(word);
    var elsewhere = ELSEWHERE.get(plain);
    if (elsewhere != null && known.contains(elsewhere)) {
      return Optional.of(elsewhere);
    }
    var most = Math.max(1, word.length() / 4);
    return known.stream()
        .filter(candidate -> distance(plain, plain(candidate)) <= most)
        .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))));
  }

  /** In one spelling: {@code maximumEntries} and {@code MAXIMUM_ENTRIES} are the same word. */
  private static String plain(String word) {
    return word.replaceAll("([a-z])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
  }

  /**
   * How many letters to add, leave out, change or swap with the next one (optimal string
   * alignment), with three rows of the table at a time.
   */
  private static int distance(String one, String two) {
    var beforeLast = new int[two.length() + 1];
    var last = new int[two.length() + 1];
    Arrays.setAll(last, column -> column);
    for (var row = 1; row <= one.length(); row++) {
      var here = new int[last.length];
      here[0] = row;
      for (var column = 1; column < here.length; column++) {
        var change = one.charAt(row - 1) == two.charAt(column - 1) ? 0 : 1;
        here[column] =
            Math.min(last[column - 1] + change, 1 + Math.min(last[column], here[column - 1]));
        if (swapped(one, row, two, column)) {
          here[column] = Math.min(here[column], beforeLast[column - 2] + 1);
        }
      }
      beforeLast = last;
      last = here;
    }
    return last[two.length()];
  }

  private static boolean swapped(String one, int row, String two, int column) {
    return row > 1
        && column > 1
        && one.charAt(row - 1) == two.charAt(column - 2)
        && one.charAt(row - 2) == two.charAt(column - 1);
  }
}
