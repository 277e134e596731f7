package dev.larder.engine.policy;

import dev.larder.ConfigurationException;
import dev.larder.spi.EvictionPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The eviction policies that can be had by name: those of Larder and those a class loader sees
 * ({@link ServiceLoader}). Immutable and safe to share. Reading the class path takes milliseconds:
 * make one registry per cache manager, not per cache.
 */
public final class PolicyRegistry {
  /** A bound on the search: a broken registration must not be met again and again. */
  private static final int MAXIMUM_PROVIDERS = 1_000;

  private final Map<String, EvictionPolicy.Provider> providers = new TreeMap<>();
  private final List<ServiceConfigurationError> broken = new ArrayList<>();

  private PolicyRegistry() {}

  /**
   * The policies that the class loader sees, and Larder's own whether it sees them or not. A
   * provider that cannot be loaded takes nothing away from the others; {@link #named} tells of it.
   *
   * @throws ConfigurationException when two different providers have one name
   */
  public static PolicyRegistry of(ClassLoader loader) {
    var registry = new PolicyRegistry();
    registry.collect(loader);
    var own = PolicyRegistry.class.getClassLoader();
    if (own != null && own != loader) {
      registry.collect(own);
    }
    return registry;
  }

  /** The names there are, in alphabetical order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(providers.keySet());
  }

  /**
   * The provider of that name.
   *
   * @throws ConfigurationException when there is none; the message names those that there are
   */
  public EvictionPolicy.Provider named(String name) {
    var provider = providers.get(name);
    if (provider == null) {
      throw unknown(name);
    }
    return provider;
  }

  private ConfigurationException unknown(String name) {
    var known = String.join(", ", providers.keySet());
    var message = "unknown eviction policy '" + name + "'; known are " + known;
    if (broken.isEmpty()) {
      return new ConfigurationException(message);
    }
    var reasons = broken.stream().map(Throwable::getMessage).collect(Collectors.joining("; "));
    return new ConfigurationException(
        message + "; could not be loaded: " + reasons, broken.iterator().next());
  }

  private void collect(ClassLoader loader) {
    var found = ServiceLoader.load(EvictionPolicy.Provider.class, loader).iterator();
    for (int tries = 0; tries < MAXIMUM_PROVIDERS; tries++) {
      try {
        if (!found.hasNext()) {
          return;
        }
        var provider = found.next();
        add(provider.name(), provider);
      } catch (ServiceConfigurationError e) {
        broken.add(e);
      }
    }
  }

  private void add(String name, EvictionPolicy.Provider provider) {
    var other = providers.putIfAbsent(name, provider);
    if (other != null && !sameClass(other, provider)) {
      throw new ConfigurationException(
          "two eviction policies have the name '"
              + name
              + "': "
              + other.getClass().getName()
              + " and "
              + provider.getClass().getName());
    }
  }

  /** By name, since two class loaders may each have loaded it. */
  private static boolean sameClass(EvictionPolicy.Provider one, EvictionPolicy.Provider other) {
    return one.getClass().getName().equals(other.getClass().getName());
  }
}
