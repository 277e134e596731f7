package dev.larder.config;

import dev.larder.spi.Settings;
import java.util.Arrays;
import java.util.HashSet;

/** The kinds of values that only the server has. */
final class ServerKinds {
  private static final String OFF = "off";

  /** The largest number of a database. */
  private static final long MOST_NUMBERS = 1_000_000;

  /** A port, or none. */
  static final Kind<String> PORT_OR_OFF =
      new Kind<>(
          String.class,
          "a port",
          "a whole number, 0 to 65535, or off",
          "",
          "7",
          false,
          text ->
              text.equalsIgnoreCase(OFF) ? OFF : String.valueOf(Settings.count(text, 0, 65_535)));

  /** Names with numbers. */
  static final Kind<String> NUMBERED =
      new Kind<>(
          String.class,
          "a list",
          "a list of names with numbers from 1 to 1000000, each once, such as sessions=1,prices=2",
          "",
          "sessions=1,prices=2",
          true,
          ServerKinds::numbered);

  private ServerKinds() {}

  /** A size within limits, both included. */
  static Kind<Long> size(long least, long most) {
    return new Kind<>(
        Long.class,
        "a size",
        "a number of bytes, or one with KB, MB or GB (of 1,024 each), "
            + least
            + " to "
            + most
            + ", such as 64KB",
        Kinds.BYTE_UNITS,
        "64KB",
        false,
        text -> {
          var size = Settings.size(text);
          if (size < least || size > most) {
            throw Kinds.outOfRange(text);
          }
          return size;
        });
  }

  /** A list of some words, kept with commas between. */
  static Kind<String> listOf(String... words) {
    var allowed = String.join(", ", words);
    return new Kind<>(
        String.class,
        "a list",
        "a list, or text with commas, of " + allowed,
        "",
        words[0],
        true,
        text -> {
          var parts = Kinds.texts(text);
          for (var part : parts.split(",")) {
            if (!Arrays.asList(words).contains(part)) {
              throw new IllegalArgumentException(Settings.quote(part) + " is not one of its words");
            }
          }
          return parts;
        });
  }

  private static String numbered(String text) {
    var names = new HashSet<String>();
    var numbers = new HashSet<Long>();
    for (var part : Kinds.texts(text).split(",")) {
      var equals = part.lastIndexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(Settings.quote(part) + " is not a name with a number");
      }
      var number = Settings.count(part.substring(equals + 1).strip(), 1, MOST_NUMBERS);
      if (!names.add(part.substring(0, equals).strip()) || !numbers.add(number)) {
        throw new IllegalArgumentException(
            Settings.quote(part) + " has a name or a number that is there already");
      }
    }
    return Kinds.texts(text);
  }
}
