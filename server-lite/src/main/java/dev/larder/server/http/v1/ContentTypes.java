package dev.larder.server.http.v1;

import dev.larder.spi.Settings;
import java.util.regex.Pattern;

/** Which content types a value may have. */
final class ContentTypes {
  private static final int LONGEST = 255;

  /** A type, a subtype, and parameters of visible characters (RFC 9110, 8.3.1). */
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+[ \\t]*(?:;[ -~\\t]*)?");

  private ContentTypes() {}

  /**
   * The content type, if it is one.
   *
   * @throws IllegalArgumentException when it is not
   */
  static String checked(String type) {
    if (type.length() > LONGEST || !FORM.matcher(type).matches()) {
      throw new IllegalArgumentException(
          Settings.quote(type)
              + " is not a content type: type/subtype; parameters, at most "
              + LONGEST
              + " characters of ASCII");
    }
    return type;
  }
}
