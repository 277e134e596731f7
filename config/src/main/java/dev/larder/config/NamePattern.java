package dev.larder.config;

import java.util.Comparator;

/**
 * A pattern for names of caches: {@code *} stands for any text, {@code ?} for one character. A name
 * without either is a pattern that fits itself alone.
 */
record NamePattern(String text) {
  /** The one that says most comes first: an exact name, then the most literal characters. */
  static final Comparator<NamePattern> NARROWEST_FIRST =
      Comparator.comparing(NamePattern::exact)
          .thenComparingLong(NamePattern::literals)
          .thenComparingLong(pattern -> -pattern.stars())
          .reversed()
          .thenComparing(NamePattern::text);

  /** Whether it is a plain name. */
  boolean exact() {
    return text.indexOf('*') < 0 && text.indexOf('?') < 0;
  }

  private long literals() {
    return text.chars().filter(c -> c != '*' && c != '?').count();
  }

  private long stars() {
    return text.chars().filter(c -> c == '*').count();
  }

  /**
   * Whether a name fits. Goes back to the last star only, so the time is at most the product of
   * both lengths whatever the pattern.
   */
  boolean fits(String name) {
    var at = 0;
    var star = -1;
    var resume = 0;
    for (var i = 0; i < name.length(); ) {
      if (at < text.length() && text.charAt(at) == '*') {
        star = at++;
        resume = i;
      } else if (at < text.length()
          && (text.charAt(at) == '?' || text.charAt(at) == name.charAt(i))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    return text.substring(at).chars().allMatch(c -> c == '*');
  }
}
