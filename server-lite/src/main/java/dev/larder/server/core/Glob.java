package dev.larder.server.core;

/**
 * A pattern as in {@code KEYS}: {@code *}, {@code ?}, {@code [a-z]}, {@code [^a]}, and a backslash
 * before what is meant literally. It matches bytes, and what Redis makes of odd patterns (a bracket
 * that is not closed, a range the wrong way round, bytes above 127 as negative numbers) it does too
 * ({@code stringmatchlen} in its util.c). Immutable.
 *
 * <p>Only the last star is ever tried again, so a match takes at most the length of the pattern
 * times that of the text, whatever the pattern.
 */
public final class Glob {
  /** The longest pattern in bytes, so that a match ends soon. */
  public static final int LONGEST = 1_024;

  private static final int NO = -1;

  private final byte[] pattern;

  /** Whether everything matches, the empty text too, which it does under no other pattern. */
  private final boolean everything;

  private Glob(byte[] pattern) {
    this.pattern = pattern;
    this.everything = pattern.length == 1 && pattern[0] == '*';
  }

  /**
   * The pattern of those bytes.
   *
   * @throws IllegalArgumentException when it is too long
   */
  public static Glob of(byte[] pattern) {
    if (pattern.length > LONGEST) {
      throw new IllegalArgumentException(
          "the pattern has " + pattern.length + " bytes, more than " + LONGEST);
    }
    return new Glob(pattern);
  }

  /** Whether the text as a whole matches. */
  public boolean matches(byte[] text) {
    return everything || search(text);
  }

  private boolean search(byte[] text) {
    int at = 0;
    int place = 0;
    int star = NO;
    int tried = 0;
    while (place < text.length) {
      if (at < pattern.length && pattern[at] == '*') {
        at = afterStars(at);
        if (at == pattern.length) {
          return true;
        }
        star = at;
        tried = place;
        continue;
      }
      int next = at < pattern.length ? element(at, text[place]) : NO;
      if (next != NO) {
        at = next;
        place++;
      } else if (star != NO) {
        at = star;
        place = ++tried;
      } else {
        return false;
      }
    }
    return (text.length == 0 ? at : afterStars(at)) == pattern.length;
  }

  private int afterStars(int from) {
    int at = from;
    while (at < pattern.length && pattern[at] == '*') {
      at++;
    }
    return at;
  }

  /** Where the pattern goes on if its next element matches, else {@link #NO}. */
  private int element(int from, byte letter) {
    return switch (pattern[from]) {
      case '?' -> from + 1;
      case '[' -> group(from + 1, letter);
      case '\\' -> literal(Math.min(from + 1, pattern.length - 1), letter);
      default -> literal(from, letter);
    };
  }

  private int literal(int at, byte letter) {
    return pattern[at] == letter ? at + 1 : NO;
  }

  private int group(int from, byte letter) {
    boolean not = from < pattern.length && pattern[from] == '^';
    boolean found = false;
    int at = not ? from + 1 : from;
    while (at < pattern.length && pattern[at] != ']') {
      int left = pattern.length - at;
      if (pattern[at] == '\\' && left >= 2) {
        found |= pattern[at + 1] == letter;
        at += 2;
      } else if (left >= 3 && pattern[at + 1] == '-') {
        found |= between(pattern[at], pattern[at + 2], letter);
        at += 3;
      } else {
        found |= pattern[at] == letter;
        at++;
      }
    }
    // A group that nobody closed ends with the pattern.
    return found == not ? NO : Math.min(at + 1, pattern.length);
  }

  private static boolean between(byte one, byte other, byte letter) {
    return letter >= Math.min(one, other) && letter <= Math.max(one, other);
  }
}
