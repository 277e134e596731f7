package dev.larder.engine;

import dev.larder.Cache;
import dev.larder.CacheClosedException;
import dev.larder.CacheSpec;
import dev.larder.CacheWatcher;
import dev.larder.Checks;
import dev.larder.ConfigurationException;
import dev.larder.FailurePolicy;
import dev.larder.Health;
import dev.larder.Health.Status;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.StoreException;
import dev.larder.Weigher;
import dev.larder.engine.policy.PolicyRegistry;
import dev.larder.spi.Bytes;
import dev.larder.spi.ConfigurationSource;
import dev.larder.spi.ConfigurationSource.Configured;
import dev.larder.spi.Context;
import dev.larder.spi.EvictionPolicy;
import dev.larder.spi.Payload;
import dev.larder.spi.Store;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.StoreProvider;
import dev.larder.spi.Tap;
import dev.larder.spi.WaitingStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A manager of caches; {@link #wire} is where a cache is put together.
 *
 * <p>Longer than the house likes because all wiring is to be read in one place.
 */
public final class LarderEngine implements Larder {
  /** The option that sets the caches of one manager apart from those of others in shared places. */
  public static final String NAMESPACE = "namespace";

  private final ConcurrentHashMap<String, CacheFront<?, ?>> caches = new ConcurrentHashMap<>();
  private final Watchers watchers = new Watchers();
  private final Configured configuration;
  private final dev.larder.Clock clock;
  private final Workers workers;
  private final PolicyRegistry policies;
  private final ClassLoader loader;
  private final long openedAt;
  private volatile boolean closed;

  LarderEngine(LarderBuilder settings) {
    this.loader = settings.classLoader();
    this.configuration = configured(settings);
    this.policies = PolicyRegistry.of(loader);
    this.clock = settings.clock().orElse(SystemClock.INSTANCE);
    this.workers = new Workers(settings.executor().orElse(null), settings.scheduler().orElse(null));
    this.openedAt = clock.exact();
  }

  private Configured configured(LarderBuilder settings) {
    var source = ServiceLoader.load(ConfigurationSource.class, loader).findFirst();
    if (source.isPresent()) {
      return source.get().read(settings.configuration(), settings.properties(), loader);
    }
    var asked = asked(settings);
    if (!asked.isEmpty()) {
      throw new ConfigurationException(
          "reading a configuration needs dev.larder:larder-config on the class path; asked for: "
              + asked);
    }
    return BuiltIn.INSTANCE;
  }

  /** What speaks of a configuration, in code or around the process; better refused than ignored. */
  private static List<String> asked(LarderBuilder settings) {
    var asked = new ArrayList<String>();
    settings.configuration().ifPresent(uri -> asked.add(uri.toString()));
    // Without the values, one of which may be a password.
    asked.addAll(settings.properties().keySet());
    for (var name : List.of("larder.config", "larder.topology")) {
      if (System.getProperty(name) != null) {
        asked.add("-D" + name);
      }
    }
    for (var name : List.of("LARDER_CONFIG", "LARDER_TOPOLOGY")) {
      if (System.getenv(name) != null) {
        asked.add(name);
      }
    }
    return asked;
  }

  /** What the configuration says, for the JCache provider. */
  public Configured configuration() {
    return configuration;
  }

  /** The time of this manager, for the JCache provider. */
  public dev.larder.Clock clock() {
    return clock;
  }

  /** What runs asynchronous user code, for the JCache provider. */
  public java.util.concurrent.Executor executor() {
    return workers.executor();
  }

  @Override
  public <K, V> Cache<K, V> create(CacheSpec<K, V> spec) {
    return create(spec, StoreEvents.none());
  }

  /**
   * As {@link #create(CacheSpec)}, for a server: its changes are also reported to {@code tap}, on
   * the thread and under the key that they happen on and under.
   */
  public <K, V> CacheFront<K, V> create(CacheSpec<K, V> spec, StoreEvents<K, V> tap) {
    return open(configuration.complete(Checks.notNull(spec, "spec")), tap);
  }

  private <K, V> CacheFront<K, V> open(CacheSpec<K, V> spec, StoreEvents<K, V> tap) {
    CacheFront<K, V> front;
    synchronized (caches) {
      checkOpen();
      if (caches.containsKey(spec.name())) {
        throw new IllegalStateException(
            "a cache named '"
                + spec.name()
                + "' is open already; close or destroy it first, or choose another name");
      }
      front = added(spec, tap);
    }
    watchers.opened(front);
    return front;
  }

  /** With the lock on the caches held; watchers are told after. */
  private <K, V> CacheFront<K, V> added(CacheSpec<K, V> spec, StoreEvents<K, V> tap) {
    var front = wire(spec, tap);
    caches.put(spec.name(), front);
    return front;
  }

  /**
   * Puts a cache together: the store of its topology, the encoding in front where that store holds
   * bytes, a tier of memory in front where that store is this process's own, and the front.
   */
  private <K, V> CacheFront<K, V> wire(CacheSpec<K, V> spec, StoreEvents<K, V> tap) {
    OptionNames.check(spec);
    var topology = spec.placement().topology();
    var context = context(spec);
    var policy = policies.named(spec.tuning().policy());
    if (topology.equals("memory")) {
      return inMemory(spec, policy, context, tap);
    }
    var provider = provider(topology);
    try {
      return front(
          spec,
          context,
          provider.inProcess(),
          tap,
          events -> placed(spec, provider, events, context));
    } catch (StoreException e) {
      if (!provider.inProcess() || spec.placement().onFailure() == FailurePolicy.FAIL) {
        throw e;
      }
      var front = inMemory(spec, policy, context, tap);
      front.withoutStore(e);
      return front;
    }
  }

  private <K, V> CacheFront<K, V> inMemory(
      CacheSpec<K, V> spec,
      EvictionPolicy.Provider policy,
      Context context,
      StoreEvents<K, V> tap) {
    return front(
        spec, context, true, tap, events -> new MemoryStore<>(spec, policy, events, context));
  }

  private <K, V> Store<K, V> placed(
      CacheSpec<K, V> spec, StoreProvider provider, StoreEvents<K, V> events, Context context) {
    if (!provider.holdsBytes() || (!provider.inProcess() && !TierOptions.near(spec))) {
      return behind(spec, provider, events, context);
    }
    var options = provider.inProcess() ? TierOptions.of(spec) : TierOptions.nearOf(spec);
    var policy = policies.named(spec.tuning().policy());
    return TieredStore.open(
        spec, options, policy, context, events, told -> waiting(spec, provider, told, context));
  }

  private static <K, V> Store<K, V> behind(
      CacheSpec<K, V> spec, StoreProvider provider, StoreEvents<K, V> events, Context context) {
    return provider.holdsBytes()
        ? waiting(spec, provider, events, context)
        : provider.open(placed(spec), events, context);
  }

  /** Where the user's keys and values are bytes already, as in a server, nothing is encoded. */
  private static <K, V> WaitingStore<K, V> waiting(
      CacheSpec<K, V> spec, StoreProvider provider, StoreEvents<K, V> events, Context context) {
    if (spec.keyType() == (Object) Bytes.class && spec.valueType() == (Object) Payload.class) {
      Store<K, V> bare = provider.open(placed(spec), events, context);
      return (WaitingStore<K, V>) bare;
    }
    var encoding = new Encoding<>(spec, context.codecs());
    Store<Bytes, Payload> bytes =
        provider.open(placed(spec), new EncodedEvents<>(encoding, events), context);
    return new EncodedStore<>(spec, (WaitingStore<Bytes, Payload>) bytes, encoding, context);
  }

  private Context context(CacheSpec<?, ?> spec) {
    return new Context(
        clock,
        workers.scheduler(),
        workers.executor(),
        new EngineCodecs(spec, loader),
        loader,
        Tap.none());
  }

  /**
   * The description as a shared place sees it: its name carries the namespace of the manager, so
   * that caches of the same name under managers that have nothing to do with each other stay apart.
   */
  private static <K, V> CacheSpec<K, V> placed(CacheSpec<K, V> spec) {
    var namespace = spec.placement().options().get(NAMESPACE);
    return namespace == null
        ? spec
        : new CacheSpec<>(
            namespace + "/" + spec.name(),
            spec.keyType(),
            spec.valueType(),
            spec.bounds(),
            spec.expiry(),
            spec.hooks(),
            spec.placement(),
            spec.tuning(),
            spec.chosen());
  }

  private <K, V> CacheFront<K, V> front(
      CacheSpec<K, V> spec,
      Context context,
      boolean local,
      StoreEvents<K, V> tap,
      Function<StoreEvents<K, V>, Store<K, V>> opener) {
    return new CacheFront<>(
        spec, context, local, events -> opener.apply(ForkedEvents.of(events, tap)), this::closed);
  }

  private void closed(CacheFront<?, ?> front) {
    caches.remove(front.name(), front);
    watchers.closed(front);
  }

  private StoreProvider provider(String topology) {
    var known = new TreeSet<>(Set.of("memory"));
    for (var provider : ServiceLoader.load(StoreProvider.class, loader)) {
      if (provider.topology().equals(topology)) {
        return provider;
      }
      known.add(provider.topology());
    }
    throw new ConfigurationException(
        "there is no topology '"
            + topology
            + "' on the class path; allowed here: "
            + String.join(", ", known)
            + " (disk, remote and cluster come with larder-disk, larder-client and larder-cluster)");
  }

  @Override
  @SuppressWarnings("unchecked") // the types are compared first
  public <K, V> Cache<K, V> cache(String name, Class<K> keyType, Class<V> valueType) {
    Checks.notNull(name, "name");
    Checks.notNull(keyType, "keyType");
    Checks.notNull(valueType, "valueType");
    CacheFront<K, V> added;
    synchronized (caches) {
      checkOpen();
      var present = caches.get(name);
      if (present != null) {
        return (Cache<K, V>) checked(present, keyType, valueType);
      }
      var spec = configuration.complete(CacheSpec.of(name, keyType, valueType).build());
      added = added(spec, StoreEvents.none());
    }
    watchers.opened(added);
    return added;
  }

  private static CacheFront<?, ?> checked(
      CacheFront<?, ?> present, Class<?> keyType, Class<?> valueType) {
    var spec = present.spec();
    if (spec.keyType() != keyType || spec.valueType() != valueType) {
      throw new IllegalArgumentException(
          "cache '"
              + present.name()
              + "' holds "
              + spec.keyType().getName()
              + " to "
              + spec.valueType().getName()
              + ", not "
              + keyType.getName()
              + " to "
              + valueType.getName());
    }
    return present;
  }

  @Override
  public Optional<Cache<?, ?>> find(String name) {
    checkOpen();
    return Optional.ofNullable(caches.get(Checks.notNull(name, "name")));
  }

  @Override
  public Set<String> names() {
    checkOpen();
    return Set.copyOf(caches.keySet());
  }

  @Override
  public void destroy(String name) {
    checkOpen();
    var front = caches.get(Checks.notNull(name, "name"));
    // A weigher, since the configuration may bound the weight.
    destroy(
        front == null
            ? CacheSpec.of(name, Object.class, Object.class).weigher(Weigher.one()).build()
            : front.spec());
  }

  @Override
  public void destroy(CacheSpec<?, ?> given) {
    checkOpen();
    var spec = configuration.complete(Checks.notNull(given, "spec"));
    var front = caches.get(spec.name());
    if (front != null) {
      front.close();
    }
    var topology = spec.placement().topology();
    if (!topology.equals("memory")) {
      provider(topology).destroy(placed(spec), context(spec));
    }
  }

  @Override
  public CacheWatcher.Watch watch(CacheWatcher watcher) {
    checkOpen();
    return watchers.add(Checks.notNull(watcher, "watcher"), caches.values());
  }

  private void checkOpen() {
    if (closed) {
      throw new CacheClosedException("the Larder manager is closed");
    }
  }

  @Override
  public Health health() {
    var uptime = Duration.ofMillis(clock.exact() - openedAt);
    if (closed) {
      return new Health(Status.UNHEALTHY, List.of("the manager is closed"), 0, 0, uptime, Map.of());
    }
    var worst = Status.HEALTHY;
    var reasons = new ArrayList<String>();
    var details = new TreeMap<String, String>();
    long size = 0;
    long bytes = 0;
    for (var front : caches.values()) {
      var health = front.control().health();
      worst = worst.compareTo(health.status()) >= 0 ? worst : health.status();
      health.reasons().forEach(reason -> reasons.add(front.name() + ": " + reason));
      details.put(front.name(), health.status().toString());
      size += health.size();
      bytes += health.estimatedBytes();
    }
    return new Health(worst, reasons, size, bytes, uptime, details);
  }

  @Override
  public void close() {
    List<CacheFront<?, ?>> open;
    synchronized (caches) {
      if (closed) {
        return;
      }
      closed = true;
      open = new ArrayList<>(caches.values());
    }
    open.sort(Comparator.comparing(CacheFront::name));
    RuntimeException failure = null;
    for (var front : open) {
      failure = closed(front, failure);
    }
    workers.close();
    if (failure != null) {
      throw failure;
    }
  }

  /** One cache that fails to close does not keep the others open. */
  private static @Nullable RuntimeException closed(
      CacheFront<?, ?> front, @Nullable RuntimeException before) {
    try {
      front.close();
      return before;
    } catch (RuntimeException e) {
      if (before == null) {
        return e;
      }
      before.addSuppressed(e);
      return before;
    }
  }
}
