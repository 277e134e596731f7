package dev.larder.spi;

import dev.larder.CacheSpec;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads configurations; found with {@link java.util.ServiceLoader}. */
public interface ConfigurationSource {

  /**
   * What was read, checked as a whole. What can turn out wrong later is a weight bound for a cache
   * without a weigher, and names of policies where the reader saw no engine to ask.
   */
  interface Configured {

    /** The names of the caches that have a section of their own; patterns are not among them. */
    Set<String> names();

    /** Whether a section of its own or a pattern speaks of this cache. */
    boolean mentions(String name);

    /**
     * The description completed: the {@code defaults} section and the top-level topology fill in
     * what code left open ({@link CacheSpec#chosen}); a section or pattern that speaks of the
     * cache, and overrides of such a section, win over code. What the configuration set counts as
     * chosen in the result, so completing twice changes nothing more.
     *
     * @throws dev.larder.ConfigurationException when the configuration gives a bound by weight to a
     *     cache without a weigher
     */
    <K, V> CacheSpec<K, V> complete(CacheSpec<K, V> spec);

    /**
     * The setting at a key path that is none of a cache's, such as {@code
     * jcache.default-maximum-entries}; empty when it is not set.
     */
    Optional<String> setting(String path);

    /** Where it was read from, for messages. */
    String origin();
  }

  /**
   * Reads a configuration and lays environment, system properties and overrides over it.
   *
   * @param uri the file ({@code file:} or a relative path) or class path resource ({@code
   *     classpath:}); empty for the usual places, where finding none is no error
   * @param overrides the strongest settings, by key path
   * @param loader where class path resources are looked up
   * @throws dev.larder.ConfigurationException when anything is wrong: one message with file, line,
   *     column and what is allowed
   */
  Configured read(Optional<URI> uri, Map<String, String> overrides, ClassLoader loader);
}
