package dev.larder;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link Larder}. Without a configuration URI the file named by the system property
 * {@code larder.config} or the variable {@code LARDER_CONFIG} is read, else {@code larder.yaml} on
 * the class path if there is one. Reading a file needs larder-config on the class path. Not for use
 * by several threads.
 */
public final class LarderBuilder {
  private final Map<String, String> properties = new TreeMap<>();
  private @Nullable URI configuration;
  private @Nullable ClassLoader loader;
  private @Nullable Clock clock;
  private @Nullable ScheduledExecutorService scheduler;
  private @Nullable Executor executor;

  LarderBuilder() {}

  /**
   * The configuration file ({@code file:} URI or path) or class path resource ({@code classpath:}
   * URI).
   */
  public LarderBuilder configuration(URI uri) {
    configuration = Checks.notNull(uri, "configuration");
    return this;
  }

  /**
   * Overrides one key path of the configuration; wins over file, environment and system properties.
   */
  public LarderBuilder property(String path, String value) {
    properties.put(Checks.notNull(path, "path"), Checks.notNull(value, "value"));
    return this;
  }

  /**
   * Where stores, policies and classes of values are looked up; the thread's context class loader
   * by default.
   */
  public LarderBuilder classLoader(ClassLoader classLoader) {
    loader = Checks.notNull(classLoader, "classLoader");
    return this;
  }

  /** The time of every expiry, refresh and timeout. */
  public LarderBuilder clock(Clock source) {
    clock = Checks.notNull(source, "clock");
    return this;
  }

  /** What runs periodic work and timeouts; not closed with the manager. */
  public LarderBuilder scheduler(ScheduledExecutorService service) {
    scheduler = Checks.notNull(service, "scheduler");
    return this;
  }

  /** What runs asynchronous user code; not closed with the manager. */
  public LarderBuilder executor(Executor runner) {
    executor = Checks.notNull(runner, "executor");
    return this;
  }

  /** The configuration asked for. */
  public Optional<URI> configuration() {
    return Optional.ofNullable(configuration);
  }

  /** The overrides, by key path. */
  public Map<String, String> properties() {
    return Map.copyOf(properties);
  }

  /** The class loader asked for, or the context class loader, or that of this class. */
  public ClassLoader classLoader() {
    if (loader != null) {
      return loader;
    }
    var context = Thread.currentThread().getContextClassLoader();
    return context == null ? LarderBuilder.class.getClassLoader() : context;
  }

  /** The clock asked for. */
  public Optional<Clock> clock() {
    return Optional.ofNullable(clock);
  }

  /** The scheduler asked for. */
  public Optional<ScheduledExecutorService> scheduler() {
    return Optional.ofNullable(scheduler);
  }

  /** The executor asked for. */
  public Optional<Executor> executor() {
    return Optional.ofNullable(executor);
  }

  /**
   * Opens the manager.
   *
   * @throws ConfigurationException when the configuration is wrong, or no engine is on the class
   *     path; nothing was started then
   */
  public Larder open() {
    return ServiceLoader.load(LarderFactory.class, classLoader())
        .findFirst()
        .or(
            () ->
                ServiceLoader.load(LarderFactory.class, LarderBuilder.class.getClassLoader())
                    .findFirst())
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "no Larder engine on the class path; add dev.larder:larder-engine"))
        .open(this);
  }
}
