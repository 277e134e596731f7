package dev.larder.jcache;

import dev.larder.CacheSpec;
import dev.larder.Checks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;

/**
 * A standard configuration that also carries what the standard lacks: bounds, eviction policy,
 * weigher, time to live and time to idle together, expiry by entry, topology, and whatever else a
 * {@link CacheSpec} can say; and how objects are copied that are stored by value.
 *
 * <pre>{@code
 * new LarderConfiguration<>(Long.class, User.class)
 *     .with(spec -> spec.maximumEntries(50_000).policy("lru").expireAfterWrite(Duration.ofMinutes(5)))
 *     .setReadThrough(true)
 *     .setCacheLoaderFactory(users)
 * }</pre>
 *
 * <p>What {@link #with} says comes after the standard settings and wins over them; a section of
 * {@code larder.yaml} that speaks of the cache wins over both. Hooks given there are the cache's
 * own: they see its keys and values themselves, not copies. Not for use by several threads.
 */
public final class LarderConfiguration<K, V> extends MutableConfiguration<K, V> {
  private static final long serialVersionUID = 1L;

  /** Says something about a cache. Serializable, as configurations are. */
  @FunctionalInterface
  public interface Description<K, V> extends Serializable {
    /** Sets what it wants to on the builder of the cache's description. */
    void describe(CacheSpec.Builder<K, V> spec);
  }

  /** Makes copies of objects. Serializable, as configurations are. */
  @FunctionalInterface
  public interface ObjectCopier<T> extends Serializable {
    /**
     * A copy that shares nothing with the object that may change. Called by several threads at
     * once, with objects that nobody changes meanwhile; sees neither nulls nor may it return one.
     * What it throws reaches the caller as the cause of a {@link javax.cache.CacheException}.
     */
    T copy(T object);
  }

  /** Described in order; an ArrayList, because a configuration is serializable. */
  private final ArrayList<Description<K, V>> descriptions = new ArrayList<>();

  private Copying copying = Copying.nothing();

  /** Patterns of class names, in the order given; an ArrayList for the same reason. */
  private final ArrayList<String> allowed = new ArrayList<>();

  /** A configuration without types, as {@link MutableConfiguration#MutableConfiguration()}. */
  public LarderConfiguration() {}

  /** A configuration with types that {@code getCache} checks. */
  public LarderConfiguration(Class<K> keyType, Class<V> valueType) {
    setTypes(keyType, valueType);
  }

  /** A copy of another configuration, of this class or not. */
  public LarderConfiguration(CompleteConfiguration<K, V> from) {
    super(from);
    if (from instanceof LarderConfiguration<K, V> larder) {
      descriptions.addAll(larder.descriptions);
      copying = larder.copying;
      allowed.addAll(larder.allowed);
    }
  }

  /** Adds to what is said about the cache. */
  public LarderConfiguration<K, V> with(Description<K, V> description) {
    descriptions.add(Checks.notNull(description, "description"));
    return this;
  }

  /**
   * Declares that objects of these classes and of their subclasses never change, so that a cache
   * that stores by value may share them. {@code immutable-classes} in larder.yaml does the same by
   * name, without subclasses.
   */
  public LarderConfiguration<K, V> immutable(Class<?>... types) {
    copying = copying.withImmutable(types);
    return this;
  }

  /**
   * Has objects of exactly these classes copied by a cache that stores by value, even if they are
   * proved never to change; {@code copied-classes} in larder.yaml does the same by name.
   */
  public LarderConfiguration<K, V> copied(Class<?>... types) {
    copying = copying.withCopied(types);
    return this;
  }

  /**
   * Has objects of this class and of its subclasses copied by a function, in a cache that stores by
   * value. A copier of the class itself goes before those of superclasses, and those before each
   * other in the order given. It is not asked for objects inside a value that goes through Java
   * serialization (see docs/jcache-mapping.md).
   */
  public <T> LarderConfiguration<K, V> copier(Class<T> type, ObjectCopier<T> copier) {
    copying = copying.with(type, copier);
    return this;
  }

  /**
   * Allows Java serialization to read classes besides the declared and the written ones, in
   * addition to those that {@code serial-allow} in {@code defaults} of larder.yaml allows. A list
   * in a section of larder.yaml that speaks of the cache is the whole list.
   *
   * @param patterns names of classes, in which {@code *} stands for any characters
   * @throws IllegalArgumentException when one is empty or has a comma
   */
  public LarderConfiguration<K, V> allow(String... patterns) {
    for (var pattern : patterns) {
      if (pattern.isBlank() || pattern.contains(",")) {
        throw new IllegalArgumentException(
            "'"
                + pattern
                + "' is no pattern of class names; allowed: a name in which * stands for any"
                + " characters, each in an argument of its own");
      }
      allowed.add(pattern.strip());
    }
    return this;
  }

  /** What was allowed. */
  List<String> allowed() {
    return List.copyOf(allowed);
  }

  /** What was said of classes. */
  Copying copying() {
    return copying;
  }

  /** What was added with {@link #with}, in order. */
  List<Description<K, V>> descriptions() {
    return List.copyOf(descriptions);
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && (!(other instanceof LarderConfiguration<?, ?> larder)
            ? descriptions.isEmpty() && copying.equals(Copying.nothing()) && allowed.isEmpty()
            : descriptions.equals(larder.descriptions)
                && copying.equals(larder.copying)
                && allowed.equals(larder.allowed));
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
