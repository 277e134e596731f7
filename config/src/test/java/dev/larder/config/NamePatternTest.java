package dev.larder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns for names of caches. */
final class NamePatternTest {

  @ParameterizedTest
  @CsvSource({
    "session-*, session-1, true",
    "session-*, session-, true",
    "session-*, session, false",
    "*, '', true",
    "?, '', false",
    "a?c, abc, true",
    "a?c, ac, false",
    "*b*, abc, true",
    "a*b*c, aXbYbZc, true",
    "a.c, abc, false",
    "abc, abc, true"
  })
  void patternFits(String pattern, String name, boolean fits) {
    assertEquals(fits, new NamePattern(pattern).fits(name));
  }

  @Test
  void fitsLikeTheRegularExpressionOnRandomPairs() {
    var seed = 20_261_121L;
    var random = new Random(seed);
    for (var round = 0; round < 20_000; round++) {
      var pattern = word(random, "ab*?", 8);
      var name = word(random, "ab", 10);
      var expected = Pattern.matches(pattern.replace("*", ".*").replace('?', '.'), name);
      assertEquals(
          expected,
          new NamePattern(pattern).fits(name),
          "seed " + seed + ", round " + round + ": " + pattern + " on " + name);
    }
  }

  private static String word(Random random, String letters, int longest) {
    var word = new StringBuilder();
    for (var left = random.nextInt(longest); left > 0; left--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }

  @Test
  void manyStarsDoNotMakeItSlow() {
    assertFalse(new NamePattern("*a".repeat(2_000) + "b").fits("a".repeat(4_000)));
  }

  @Test
  void narrowestComesFirst() {
    var sorted =
        Stream.of("*", "s-*", "s-??", "s-a", "*-*-*", "s-*a", "b-??")
            .map(NamePattern::new)
            .sorted(NamePattern.NARROWEST_FIRST)
            .map(NamePattern::text)
            .toList();
    assertEquals(List.of("s-a", "s-*a", "b-??", "s-??", "s-*", "*-*-*", "*"), sorted);
  }
}
