package dev.larder.jcache;

import dev.larder.Bounds;
import dev.larder.CacheSpec;
import dev.larder.Weigher;
import dev.larder.engine.CacheFront;
import dev.larder.engine.LarderEngine;
import dev.larder.jcache.copy.Copier;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;

/**
 * Opens one cache: its JCache configuration becomes a {@link CacheSpec}, completed by the
 * configuration file, with a bound in any case.
 */
final class Opening<K, V> {
  private static final String MEMORY = "memory";
  private static final String CODEC = "codec";
  private static final String ALLOW = "serial-allow";
  static final String DEFAULT_BOUND = "jcache.default-maximum-entries";
  private static final long BUILT_IN_BOUND = 10_000;
  private static final List<String> BOUNDS =
      List.of("maximum-entries", "maximum-weight", "maximum-bytes");
  private static final System.Logger LOG = System.getLogger("dev.larder.jcache");

  /** What the log has said once. Bounded by {@link #MOST_TOLD}. */
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private static final int MOST_TOLD = 10_000;

  private final LarderCacheManager manager;
  private final String name;
  private final LarderConfiguration<K, V> configuration;
  private final Customizations customizations;
  private final Copier copier;

  Opening(LarderCacheManager manager, String name, Configuration<K, V> given) {
    this.manager = manager;
    this.name = name;
    this.configuration = new LarderConfiguration<>(complete(given));
    this.customizations = new Customizations(name);
    this.copier =
        configuration.isStoreByValue()
            ? Copier.byValue(
                manager.getClassLoader(),
                configuration.copying().rules(place().placement().options()))
            : Copier.byReference();
    check();
  }

  private static <K, V> CompleteConfiguration<K, V> complete(Configuration<K, V> given) {
    return given instanceof CompleteConfiguration<K, V> complete
        ? complete
        : new MutableConfiguration<K, V>()
            .setTypes(given.getKeyType(), given.getValueType())
            .setStoreByValue(given.isStoreByValue());
  }

  private void check() {
    if (configuration.isReadThrough() && configuration.getCacheLoaderFactory() == null) {
      throw new IllegalArgumentException(
          "cache '" + name + "' is read-through and has no loader; set a cache loader factory");
    }
    if (configuration.isWriteThrough() && configuration.getCacheWriterFactory() == null) {
      throw new IllegalArgumentException(
          "cache '" + name + "' is write-through and has no writer; set a cache writer factory");
    }
  }

  /** Opens the cache; when that fails, closes what was made for it. */
  LarderCache<K, V> open() {
    try {
      return opened();
    } catch (RuntimeException | Error e) {
      customizations.closeAll();
      throw e;
    }
  }

  private LarderCache<K, V> opened() {
    var loader = loader();
    var spec = bounded(placed(allowed(encoded(completed(describe(loader))))));
    configuration.setStatisticsEnabled(spec.tuning().statistics());
    var front = (CacheFront<K, V>) manager.engine().create(spec);
    try {
      var opened = front.control().spec();
      checkPlace(opened.placement().topology());
      tellBound(opened);
      var cache = new LarderCache<>(manager, front, configuration, loader, copier, customizations);
      cache.start();
      return cache;
    } catch (RuntimeException | Error e) {
      front.close();
      throw e;
    }
  }

  /**
   * Enough of a description to find the data of the cache in a shared place. A weigher, since a
   * section may bound the weight.
   */
  CacheSpec<K, V> place() {
    return completed(base().weigher(Weigher.one()).build());
  }

  private CacheSpec<K, V> completed(CacheSpec<K, V> spec) {
    return manager.engine().configuration().complete(spec);
  }

  private CacheSpec.Builder<K, V> base() {
    var builder = CacheSpec.of(name, configuration.getKeyType(), configuration.getValueType());
    return manager.namespace().isEmpty()
        ? builder
        : builder.option(LarderEngine.NAMESPACE, manager.namespace());
  }

  private CacheSpec<K, V> describe(@Nullable ReadThrough<K, V> loader) {
    var builder = base().statistics(configuration.isStatisticsEnabled());
    expiry(builder);
    if (loader != null && configuration.isReadThrough()) {
      builder.loader(loader);
    }
    var writer =
        configuration.isWriteThrough()
            ? customizations.make(configuration.getCacheWriterFactory())
            : null;
    if (writer != null) {
      builder.writer(new WriteThrough<K, V>(writer, copier));
    }
    configuration.descriptions().forEach(each -> each.describe(builder));
    return builder.build();
  }

  /** A loader that is not for reading through serves {@code loadAll} alone. */
  private @Nullable ReadThrough<K, V> loader() {
    @Nullable CacheLoader<K, V> made = customizations.make(configuration.getCacheLoaderFactory());
    return made == null ? null : new ReadThrough<>(made, copier);
  }

  /** Eternal is what a configuration says that says nothing, so that a file may say more. */
  private void expiry(CacheSpec.Builder<K, V> builder) {
    var policy = customizations.make(configuration.getExpiryPolicyFactory());
    if (policy == null) {
      return;
    }
    var life = StandardExpiry.asData(policy);
    if (life == null) {
      builder.expiry(StandardExpiry.<K, V>asRule(name, policy));
    } else if (!life.eternal()) {
      builder.expiry(life);
    }
  }

  /** Where entries are bytes, values of any serializable type may be put. */
  private static <K, V> CacheSpec<K, V> encoded(CacheSpec<K, V> spec) {
    return spec.placement().options().containsKey(CODEC)
        ? spec
        : spec.toBuilder().option(CODEC, "java").build();
  }

  /** What the code allows comes to what the configuration has allowed. */
  private CacheSpec<K, V> allowed(CacheSpec<K, V> spec) {
    if (configuration.allowed().isEmpty()) {
      return spec;
    }
    var listed = spec.placement().options().getOrDefault(ALLOW, "");
    var all = String.join(",", configuration.allowed());
    return spec.toBuilder().option(ALLOW, listed.isBlank() ? all : listed + "," + all).build();
  }

  /** References mean nothing outside this process, so a cache of references stays in its memory. */
  private CacheSpec<K, V> placed(CacheSpec<K, V> spec) {
    var topology = spec.placement().topology();
    if (configuration.isStoreByValue() || topology.equals(MEMORY)) {
      return spec;
    }
    if (firstTime("by reference")) {
      LOG.log(
          Level.WARNING,
          "cache '"
              + name
              + "' stores by reference and stays in the memory of this process; to have it in '"
              + topology
              + "' with the others, store by value");
    }
    return spec.toBuilder().topology(MEMORY).build();
  }

  /** A section of the configuration that speaks of the cache wins over code, here in vain. */
  private void checkPlace(String topology) {
    if (!configuration.isStoreByValue() && !topology.equals(MEMORY)) {
      throw new UnsupportedOperationException(
          "cache '"
              + name
              + "' stores by reference, which topology '"
              + topology
              + "' cannot; allowed: store by value, or topology: memory in "
              + manager.engine().configuration().origin());
    }
  }

  private boolean firstTime(String what) {
    return TOLD.size() < MOST_TOLD && TOLD.add(what + " " + manager.getURI() + " " + name);
  }

  /** No cache is unbounded by accident. Where it is there already, its place may know better. */
  private CacheSpec<K, V> bounded(CacheSpec<K, V> spec) {
    if (choosesBounds(spec)) {
      return spec;
    }
    var bound =
        manager
            .engine()
            .configuration()
            .setting(DEFAULT_BOUND)
            .map(Long::parseLong)
            .orElse(BUILT_IN_BOUND);
    return spec.withBounds(Bounds.entries(bound));
  }

  private static boolean choosesBounds(CacheSpec<?, ?> spec) {
    return BOUNDS.stream().anyMatch(spec.chosen()::contains);
  }

  /** The bound in force: that of a cache which was there already may be another. */
  private void tellBound(CacheSpec<?, ?> opened) {
    var bound = opened.bounds().entries();
    if (!choosesBounds(opened) && bound != Bounds.NONE && firstTime("bound")) {
      LOG.log(
          Level.INFO,
          "cache '"
              + name
              + "' has no bound of its own and holds up to "
              + bound
              + " entries; to choose one, add to larder.yaml: caches: {\""
              + name
              + "\": {maximum-entries: "
              + bound
              + "}}");
    }
  }
}
