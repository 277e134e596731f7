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
 * {@link CacheSpec} can say.
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

  /** Described in order; an ArrayList, because a configuration is serializable. */
  private final ArrayList<Description<K, V>> descriptions = new ArrayList<>();

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
    }
  }

  /** Adds to what is said about the cache. */
  public LarderConfiguration<K, V> with(Description<K, V> description) {
    descriptions.add(Checks.notNull(description, "description"));
    return this;
  }

  /** What was added with {@link #with}, in order. */
  List<Description<K, V>> descriptions() {
    return List.copyOf(descriptions);
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && (!(other instanceof LarderConfiguration<?, ?> larder)
            ? descriptions.isEmpty()
            : descriptions.equals(larder.descriptions));
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
