package dev.larder.jcache.copy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What users say of classes, which goes before anything found out by looking at them.
 *
 * @param immutable objects of these classes and of their subclasses never change
 * @param copied objects of exactly these classes are copied, whatever the proof says
 * @param copiers what copies objects of these classes and of their subclasses, in the order given
 * @param immutableNames patterns of names of classes whose objects never change
 * @param copiedNames patterns of names of classes whose objects are copied
 */
public record CopyRules(
    Set<Class<?>> immutable,
    Set<Class<?>> copied,
    Map<Class<?>, Function<Object, Object>> copiers,
    List<Pattern> immutableNames,
    List<Pattern> copiedNames) {

  /** Nothing said. */
  public static final CopyRules NONE =
      new CopyRules(Set.of(), Set.of(), Map.of(), List.of(), List.of());

  /** Takes copies. */
  public CopyRules {
    immutable = Set.copyOf(immutable);
    copied = Set.copyOf(copied);
    copiers = new LinkedHashMap<>(copiers);
    immutableNames = List.copyOf(immutableNames);
    copiedNames = List.copyOf(copiedNames);
  }

  /** Patterns out of a comma-separated list of names in which {@code *} stands for anything. */
  public static List<Pattern> patterns(String names) {
    return Pattern.compile(",")
        .splitAsStream(names)
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(name -> Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q")))
        .toList();
  }

  boolean saysCopied(Class<?> type) {
    return copied.contains(type) || matches(copiedNames, type);
  }

  boolean saysImmutable(Class<?> type) {
    return immutable.stream().anyMatch(each -> each.isAssignableFrom(type))
        || matches(immutableNames, type);
  }

  private static boolean matches(List<Pattern> names, Class<?> type) {
    return names.stream().anyMatch(each -> each.matcher(type.getName()).matches());
  }

  /** The user's copier for that class: of the class itself, else the first that fits. */
  @Nullable Function<Object, Object> copierOf(Class<?> type) {
    var exact = copiers.get(type);
    return exact != null
        ? exact
        : copiers.entrySet().stream()
            .filter(each -> each.getKey().isAssignableFrom(type))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
  }
}
