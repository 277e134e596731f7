package dev.larder.engine;

import java.io.ObjectInputFilter;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What may come out of serialized bytes: value types and collections of the JDK, the declared types
 * of keys and values, classes that this process has itself written, and what patterns add.
 * Everything else is refused, and so are graphs past the limits.
 */
final class SerialFilter implements ObjectInputFilter {
  private static final long DEEPEST = 200;
  private static final long MOST_REFERENCES = 10_000_000;
  private static final long LONGEST_ARRAY = 100_000_000;

  /** Packages whose serializable classes are values or collections of values. */
  private static final Set<String> VALUE_PACKAGES =
      Set.of(
          "java.lang",
          "java.util",
          "java.math",
          "java.time",
          "java.time.chrono",
          "java.time.zone",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          // The keys that annotated methods make, which any process may come upon.
          "dev.larder.annotations");

  /** Serializable classes of those packages that do more than hold values. */
  private static final Set<String> NEVER =
      Set.of("java.lang.ProcessBuilder", "java.lang.reflect.Proxy", "java.util.ServiceLoader");

  private final Set<String> allowed = ConcurrentHashMap.newKeySet();
  private final List<Pattern> patterns;
  private volatile String lastRefused = "";

  /** With patterns of class names, in which {@code *} stands for any characters. */
  SerialFilter(List<String> patterns) {
    this.patterns =
        patterns.stream()
            .map(pattern -> Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q")))
            .toList();
  }

  /** Allows a class, and with an array class what the array is of. */
  void allow(Class<?> type) {
    var name = element(type).getName();
    if (!allowed.contains(name)) {
      allowed.add(name);
    }
  }

  @Override
  public Status checkInput(FilterInfo info) {
    if (info.depth() > DEEPEST
        || info.references() > MOST_REFERENCES
        || info.arrayLength() > LONGEST_ARRAY) {
      return Status.REJECTED;
    }
    var type = info.serialClass();
    return type == null ? Status.UNDECIDED : check(type);
  }

  private Status check(Class<?> type) {
    var element = element(type);
    if (element.isPrimitive()
        || isEmptyHanded(type, element)
        || isValue(element)
        || isAllowed(element.getName())) {
      return Status.ALLOWED;
    }
    lastRefused = element.getName();
    return Status.REJECTED;
  }

  /** An array of an interface has no code to run, and each object in it is checked by its class. */
  private static boolean isEmptyHanded(Class<?> type, Class<?> element) {
    return type.isArray() && element.isInterface();
  }

  private static Class<?> element(Class<?> type) {
    var element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return element;
  }

  private static boolean isValue(Class<?> type) {
    return type == URI.class
        || (VALUE_PACKAGES.contains(type.getPackageName()) && !NEVER.contains(type.getName()));
  }

  private boolean isAllowed(String name) {
    return allowed.contains(name)
        || patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  /** The line to add, for messages; empty when nothing was refused by name. */
  String advice() {
    return lastRefused.isEmpty() ? "" : "; to allow it add serial-allow: [\"" + lastRefused + "\"]";
  }
}
