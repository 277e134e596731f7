package dev.larder.config;

import dev.larder.spi.EvictionPolicy;
import dev.larder.spi.StoreProvider;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The words that mean something on this class path. Reading them loads the providers, which takes
 * milliseconds, once for a configuration.
 *
 * @param policies the names of eviction policies; empty when no engine is in sight
 * @param topologies the words of stores, {@code memory} among them
 * @param broken why a provider could not be loaded; empty when all could
 */
record Services(Set<String> policies, Set<String> topologies, String broken) {
  /** A bound on the search: a broken registration must not be met again and again. */
  private static final int MOST = 1_000;

  /** What the class loader sees, and what the class loader of this library sees. */
  static Services seenBy(ClassLoader loader) {
    var search = new Search(loader, new StringBuilder());
    var topologies = search.names(StoreProvider.class, StoreProvider::topology);
    topologies.add("memory");
    var policies = search.names(EvictionPolicy.Provider.class, EvictionPolicy.Provider::name);
    return new Services(policies, topologies, search.broken.toString());
  }

  private record Search(ClassLoader loader, StringBuilder broken) {

    <S> Set<String> names(Class<S> service, Function<S, String> name) {
      var names = new TreeSet<String>();
      collect(ServiceLoader.load(service, loader), name, names);
      var own = Services.class.getClassLoader();
      if (own != null && own != loader) {
        collect(ServiceLoader.load(service, own), name, names);
      }
      return names;
    }

    private <S> void collect(
        ServiceLoader<S> services, Function<S, String> name, Set<String> names) {
      var found = services.iterator();
      for (var tries = 0; tries < MOST; tries++) {
        try {
          if (!found.hasNext()) {
            return;
          }
          names.add(name.apply(found.next()));
        } catch (ServiceConfigurationError e) {
          broken.setLength(0);
          broken.append("; one provider could not be loaded: ").append(e.getMessage());
        }
      }
    }
  }
}
