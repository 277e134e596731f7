package dev.larder.jcache;

import java.net.URI;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The name under which a manager's caches live in places shared with other processes. Two processes
 * share data when their namespaces and the names of their caches are equal, so the rule uses
 * nothing that differs between them by accident:
 *
 * <ol>
 *   <li>the property {@value #PROPERTY}, as it is;
 *   <li>else the name after {@code larder:}, or the last part of the path of another URI without
 *       its extension; {@code larder:default} and files named {@code larder} give none;
 *   <li>and, for a class loader other than the provider's own, {@code @} with its name, or with a
 *       number where it has none: 1 for the first such loader of this process, and so on.
 * </ol>
 */
final class Namespace {
  static final String PROPERTY = "larder.namespace";
  static final String SCHEME = "larder";
  static final String DEFAULT = "default";

  private static final Map<ClassLoader, Integer> NUMBERS = new WeakHashMap<>();
  private static int last;

  private Namespace() {}

  /** The namespace, empty for none. */
  static String of(URI uri, ClassLoader loader, Properties properties) {
    var given = properties.getProperty(PROPERTY);
    return given != null ? given : ofUri(uri) + ofLoader(loader);
  }

  /** Whether the URI names no file: the configuration is looked for in the usual places. */
  static boolean usualPlaces(URI uri) {
    return SCHEME.equals(uri.getScheme());
  }

  private static String ofUri(URI uri) {
    if (usualPlaces(uri)) {
      var name = uri.getSchemeSpecificPart();
      return name.equals(DEFAULT) ? "" : name;
    }
    var path = uri.getSchemeSpecificPart();
    var file = path.substring(path.lastIndexOf('/') + 1);
    var dot = file.lastIndexOf('.');
    var name = dot > 0 ? file.substring(0, dot) : file;
    return name.equals("larder") ? "" : name;
  }

  private static String ofLoader(ClassLoader loader) {
    if (loader == Namespace.class.getClassLoader()) {
      return "";
    }
    @Nullable String name = loader.getName();
    return "@" + (name == null ? number(loader) : name);
  }

  private static int number(ClassLoader loader) {
    synchronized (NUMBERS) {
      return NUMBERS.computeIfAbsent(loader, first -> ++last);
    }
  }
}
