package dev.larder.spring.boot;

import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The properties of an application that are key paths of larder.yaml, as in {@code
 * larder.caches.users.maximum-entries}. Larder checks them, and names those that it does not know.
 *
 * <p>Names are collected from the sources of the application alone: the variables of the process
 * and the properties of the JVM Larder reads itself, with short names and exceptions of its own.
 * Which value counts is Spring's order all the same, so that they win over a file.
 */
final class KeyPaths {
  private static final String PREFIX = "larder.";
  private static final String OF_SPRING = "larder.spring.";
  private static final Pattern INDEX = Pattern.compile("^(.*)\\[(\\d+)]$");

  private KeyPaths() {}

  /** The properties of a manager: whole names, lists with commas. */
  static Properties of(ConfigurableEnvironment environment) {
    var single = new TreeSet<String>();
    var lists = new TreeMap<String, TreeMap<Integer, String>>();
    for (var name : names(environment)) {
      var indexed = INDEX.matcher(name);
      if (indexed.matches()) {
        var value = environment.getProperty(name, "");
        lists
            .computeIfAbsent(indexed.group(1), first -> new TreeMap<>())
            .put(Integer.valueOf(indexed.group(2)), value);
      } else {
        single.add(name);
      }
    }
    var properties = new Properties();
    lists.forEach(
        (name, values) -> properties.setProperty(name, String.join(",", values.values())));
    single.forEach(name -> properties.setProperty(name, environment.getProperty(name, "")));
    return properties;
  }

  private static Set<String> names(ConfigurableEnvironment environment) {
    var names = new TreeSet<String>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> listed && !ofTheProcess(source)) {
        for (var name : listed.getPropertyNames()) {
          if (name.startsWith(PREFIX)
              && !name.startsWith(OF_SPRING)
              && !name.equals(LarderAutoConfiguration.FILE)) {
            names.add(name);
          }
        }
      }
    }
    return names;
  }

  private static boolean ofTheProcess(PropertySource<?> source) {
    return source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
        || source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
  }
}
