package dev.larder.server.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads parameters of a query where it stands in the request line. */
final class Query {
  private Query() {}

  /**
   * The value of the first parameter of a name, decoded, empty when it has none, or null.
   *
   * @param start where the query begins, after the question mark
   */
  static @Nullable String first(String uri, int start, String name) {
    var at = find(uri, start, name);
    return at < 0 ? null : value(uri, at, name);
  }

  /** The values of all parameters of a name. */
  static List<String> all(String uri, int start, String name) {
    var values = new ArrayList<String>();
    for (var at = find(uri, start, name); at >= 0; at = find(uri, next(uri, at), name)) {
      values.add(value(uri, at, name));
    }
    return values;
  }

  private static int find(String uri, int start, String name) {
    for (int at = start; at < uri.length(); at = next(uri, at)) {
      if (uri.startsWith(name, at)) {
        var after = at + name.length();
        if (after == uri.length() || uri.charAt(after) == '=' || uri.charAt(after) == '&') {
          return at;
        }
      }
    }
    return -1;
  }

  private static int next(String uri, int at) {
    var separator = uri.indexOf('&', at);
    return separator < 0 ? uri.length() : separator + 1;
  }

  private static String value(String uri, int at, String name) {
    var start = at + name.length();
    if (start == uri.length() || uri.charAt(start) == '&') {
      return "";
    }
    var separator = uri.indexOf('&', start);
    var end = separator < 0 ? uri.length() : separator;
    return Percent.text(uri, start + 1, end, true, "the query parameter '" + name + "'");
  }
}
