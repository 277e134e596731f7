package dev.larder.jcache;

import dev.larder.engine.CacheFront;
import dev.larder.jcache.copy.Copier;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.management.CacheMXBean;
import javax.cache.management.CacheStatisticsMXBean;

/** What surrounds the data of a cache: its configuration, listeners, MBeans and customizations. */
final class Extras<K, V> {
  private final LarderCache<K, V> cache;
  private final CacheFront<K, V> front;
  private final LarderConfiguration<K, V> configuration;
  private final Copier copier;
  private final Customizations customizations;
  private final Timings timings;
  private final Map<CacheEntryListenerConfiguration<K, V>, ListenerAdapter<K, V>> listeners =
      new LinkedHashMap<>();
  private final Registrar<CacheMXBean> management;
  private final Registrar<CacheStatisticsMXBean> statistics;

  Extras(
      LarderCache<K, V> cache,
      CacheFront<K, V> front,
      LarderConfiguration<K, V> configuration,
      Copier copier,
      Customizations customizations,
      Timings timings) {
    this.cache = cache;
    this.front = front;
    this.configuration = configuration;
    this.copier = copier;
    this.customizations = customizations;
    this.timings = timings;
    var uri = cache.uri();
    var manager = cache.managerNumber();
    this.management =
        new Registrar<>(
            "CacheConfiguration",
            uri,
            front.name(),
            manager,
            CacheMXBean.class,
            new ConfigurationBean(this::snapshot));
    this.statistics =
        new Registrar<>(
            "CacheStatistics",
            uri,
            front.name(),
            manager,
            CacheStatisticsMXBean.class,
            new StatisticsBean(front.control(), timings));
  }

  synchronized void start() {
    configuration.getCacheEntryListenerConfigurations().forEach(this::listen);
    timings.on(configuration.isStatisticsEnabled());
    management.registered(configuration.isManagementEnabled());
    statistics.registered(configuration.isStatisticsEnabled());
  }

  /** Throws {@link IllegalArgumentException} when an equal configuration is registered. */
  synchronized void register(CacheEntryListenerConfiguration<K, V> wanted) {
    configuration.addCacheEntryListenerConfiguration(wanted);
    try {
      listen(wanted);
    } catch (RuntimeException e) {
      configuration.removeCacheEntryListenerConfiguration(wanted);
      throw e;
    }
  }

  private void listen(CacheEntryListenerConfiguration<K, V> wanted) {
    var adapter = ListenerAdapter.of(cache, copier, wanted, customizations);
    front.listen(adapter.registration(), true);
    listeners.put(wanted, adapter);
  }

  synchronized void deregister(CacheEntryListenerConfiguration<K, V> unwanted) {
    configuration.removeCacheEntryListenerConfiguration(unwanted);
    var adapter = listeners.remove(unwanted);
    if (adapter != null) {
      front.unlisten(adapter);
      adapter.release(customizations);
    }
  }

  /** A copy of the configuration as it is now; changing it changes nothing. */
  <C extends Configuration<K, V>> C configuration(Class<C> type) {
    var larder = snapshot();
    return type.isAssignableFrom(MutableConfiguration.class)
        ? type.cast(new MutableConfiguration<>(larder))
        : Unwrap.as(type, larder);
  }

  private synchronized LarderConfiguration<K, V> snapshot() {
    return new LarderConfiguration<>(configuration);
  }

  synchronized void enableManagement(boolean enabled) {
    configuration.setManagementEnabled(enabled);
    management.registered(enabled);
  }

  synchronized void enableStatistics(boolean enabled) {
    configuration.setStatisticsEnabled(enabled);
    front.control().recordStats(enabled);
    timings.on(enabled);
    statistics.registered(enabled);
  }

  void unregister() {
    management.registered(false);
    statistics.registered(false);
  }

  void close() {
    customizations.closeAll();
  }
}
