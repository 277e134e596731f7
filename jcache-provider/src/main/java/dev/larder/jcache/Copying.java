package dev.larder.jcache;

import dev.larder.Checks;
import dev.larder.jcache.LarderConfiguration.ObjectCopier;
import dev.larder.jcache.copy.CopyRules;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a configuration says of classes by value. Serializable, hence the classes of the components.
 *
 * @param immutable classes whose objects never change
 * @param copied classes whose objects are copied all the same
 * @param copiers what copies objects of a class
 */
record Copying(
    LinkedHashSet<Class<?>> immutable,
    LinkedHashSet<Class<?>> copied,
    LinkedHashMap<Class<?>, ObjectCopier<?>> copiers)
    implements Serializable {
  static final String IMMUTABLE = "immutable-classes";
  static final String COPIED = "copied-classes";

  /** Takes copies. */
  Copying {
    immutable = new LinkedHashSet<>(immutable);
    copied = new LinkedHashSet<>(copied);
    copiers = new LinkedHashMap<>(copiers);
  }

  static Copying nothing() {
    return new Copying(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashMap<>());
  }

  Copying withImmutable(Class<?>... types) {
    var all = new Copying(immutable, copied, copiers);
    all.immutable.addAll(List.of(types));
    return all;
  }

  Copying withCopied(Class<?>... types) {
    var all = new Copying(immutable, copied, copiers);
    all.copied.addAll(List.of(types));
    return all;
  }

  <T> Copying with(Class<T> type, ObjectCopier<T> copier) {
    var all = new Copying(immutable, copied, copiers);
    all.copiers.put(Checks.notNull(type, "type"), Checks.notNull(copier, "copier"));
    return all;
  }

  /** All of it, with what the options of the cache say by name. */
  CopyRules rules(Map<String, String> options) {
    var functions = new LinkedHashMap<Class<?>, Function<Object, Object>>();
    copiers.forEach((type, copier) -> functions.put(type, function(type, copier)));
    return new CopyRules(
        immutable,
        copied,
        functions,
        CopyRules.patterns(options.getOrDefault(IMMUTABLE, "")),
        CopyRules.patterns(options.getOrDefault(COPIED, "")));
  }

  private static <T> Function<Object, Object> function(Class<?> type, ObjectCopier<T> copier) {
    @SuppressWarnings("unchecked") // registered together
    var own = (Class<T>) type;
    return object -> copier.copy(own.cast(object));
  }
}
