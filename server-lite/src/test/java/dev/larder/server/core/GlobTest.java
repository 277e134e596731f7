package dev.larder.server.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  private static boolean matches(String pattern, String text) {
    return Glob.of(pattern.getBytes(ISO_8859_1)).matches(text.getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = ' ',
      value = {
        "* anything true",
        "h?llo hello true",
        "h?llo hllo false",
        "h*llo hllo true",
        "h*llo heeello true",
        "h[ae]llo hallo true",
        "h[ae]llo hillo false",
        "h[^e]llo hallo true",
        "h[^e]llo hello false",
        "h[a-b]llo hbllo true",
        "h[b-a]llo hallo true",
        "h[a-b]llo hcllo false",
        "a\\*b a*b true",
        "a\\*b axb false",
        "a\\ a\\ true",
        "[a-] - false",
        "[a-] a true",
        "[a\\-z] - true",
        "[a\\-z] m false",
        "[abc a true",
        "[abc d false",
        "[^ x true",
        "[ x false",
        "[] ] false",
        "a** a true",
        "*a*b*c xaxbxc true",
        "*a*b*c xaxbx false",
        "a*b aXbXb true",
        "\"\" a false",
      })
  void matchesAsRedisDoes(String pattern, String text, boolean expected) {
    assertEquals(expected, matches(pattern, text));
  }

  @Test
  void onlyTheSingleStarMatchesEmptyText() {
    assertTrue(matches("*", ""));
    assertTrue(matches("", ""));
    assertFalse(matches("**", ""));
    assertFalse(matches("?", ""));
  }

  @Test
  void rangesTakeBytesAbove127AsNegative() {
    assertTrue(matches("[\u0080-a]", "\u0000"));
    assertTrue(matches("[\u0080-a]", "\u00ff"));
    assertFalse(matches("[\u0080-a]", "b"));
  }

  @Test
  void longerPatternsThanTheLimitAreRefused() {
    var longest = "a".repeat(Glob.LONGEST);
    assertTrue(matches(longest, longest));
    var refused = assertThrows(IllegalArgumentException.class, () -> matches(longest + "a", "a"));
    assertEquals("the pattern has 1025 bytes, more than 1024", refused.getMessage());
  }

  /** One that goes back to every star takes longer than the universe for this. */
  @Test
  void manyStarsTakeTimeByTheProductOfLengthsOnly() {
    assertFalse(matches("a*".repeat(500) + "b", "a".repeat(10_000)));
  }

  @Test
  void randomPatternsMatchWhatTheRecursiveDefinitionSays() {
    var random = new SplittableRandom(20_260_101);
    int matched = 0;
    for (int round = 0; round < 200_000; round++) {
      var pattern = word(random, "ab*?[]^-\\c*", 7);
      var text = word(random, "abc-]^\\", 4);
      var expected = Arrays.equals(pattern, new byte[] {'*'}) || defined(pattern, 0, text, 0);
      assertEquals(
          expected,
          Glob.of(pattern).matches(text),
          () -> new String(pattern, ISO_8859_1) + " on " + new String(text, ISO_8859_1));
      matched += expected ? 1 : 0;
    }
    assertTrue(matched > 10_000, "too few matches to tell: " + matched);
  }

  private static byte[] word(SplittableRandom random, String letters, int longest) {
    var word = new byte[random.nextInt(longest + 1)];
    for (int at = 0; at < word.length; at++) {
      word[at] = (byte) letters.charAt(random.nextInt(letters.length()));
    }
    return word;
  }

  /** What a pattern means, straight from the rules, trying every length for every star. */
  private static boolean defined(byte[] pattern, int at, byte[] text, int place) {
    if (at == pattern.length) {
      return place == text.length;
    }
    if (place == text.length) {
      return text.length > 0 && pattern[at] == '*' && defined(pattern, at + 1, text, place);
    }
    if (pattern[at] == '*') {
      return defined(pattern, at + 1, text, place) || defined(pattern, at, text, place + 1);
    }
    if (pattern[at] == '?') {
      return defined(pattern, at + 1, text, place + 1);
    }
    if (pattern[at] == '[') {
      int end = end(pattern, at);
      return member(pattern, at + 1, end, text[place])
          && defined(pattern, Math.min(end + 1, pattern.length), text, place + 1);
    }
    int literal = pattern[at] == '\\' && at + 1 < pattern.length ? at + 1 : at;
    return pattern[literal] == text[place] && defined(pattern, literal + 1, text, place + 1);
  }

  /** Where the group ends that opens there. */
  private static int end(byte[] pattern, int open) {
    int at = open + 1;
    if (at < pattern.length && pattern[at] == '^') {
      at++;
    }
    while (at < pattern.length && pattern[at] != ']') {
      at += width(pattern, at);
    }
    return at;
  }

  private static int width(byte[] pattern, int at) {
    if (pattern[at] == '\\' && at + 1 < pattern.length) {
      return 2;
    }
    return at + 2 < pattern.length && pattern[at + 1] == '-' ? 3 : 1;
  }

  private static boolean member(byte[] pattern, int from, int end, byte letter) {
    boolean not = from < end && pattern[from] == '^';
    for (int at = not ? from + 1 : from; at < end; at += width(pattern, at)) {
      int width = width(pattern, at);
      int low = width == 2 ? pattern[at + 1] : pattern[at];
      int high = width == 3 ? pattern[at + 2] : low;
      if (letter >= Math.min(low, high) && letter <= Math.max(low, high)) {
        return !not;
      }
    }
    return not;
  }
}
