package dev.larder.server.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a load does. */
public enum Kind {
  /** Reads of entries that are there. */
  GET,
  /** Writes, over what is there or not. */
  SET,
  /** Reads and writes in the share that the plan says. */
  MIXED,
  /** Reads of many entries in one request. */
  BATCH_GET,
  /** Writes of many entries in one request. */
  BATCH_SET;

  /** As people write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether one request is about many entries. */
  boolean batch() {
    return this == BATCH_GET || this == BATCH_SET;
  }

  /** Whether entries have to be there before it begins. */
  boolean reads() {
    return this == GET || this == MIXED || this == BATCH_GET;
  }

  /** Throws {@link IllegalArgumentException} naming the words that are allowed. */
  public static Kind of(String word) {
    for (var kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    var allowed = Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("\"" + word + "\" is no operation: allowed are " + allowed);
  }
}
