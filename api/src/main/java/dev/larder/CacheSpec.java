package dev.larder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The immutable description of a cache: what the builder, the configuration file and the JCache
 * provider all produce, and what every store is opened from.
 *
 * @param name the name, unique under a manager, not blank
 * @param keyType the type of keys
 * @param valueType the type of values
 * @param bounds how much it may hold
 * @param expiry how long entries live
 * @param hooks the user code
 * @param placement where entries are kept
 * @param tuning how it looks after itself
 * @param chosen which settings were chosen in code, by their configuration key ({@code
 *     maximum-entries}, {@code topology} ...); the {@code defaults} section of a configuration
 *     fills in the others only
 */
public record CacheSpec<K, V>(
    String name,
    Class<K> keyType,
    Class<V> valueType,
    Bounds bounds,
    ExpiryRule<K, V> expiry,
    Hooks<K, V> hooks,
    Placement placement,
    Tuning tuning,
    Set<String> chosen) {

  /** Throws {@link IllegalArgumentException} when parts contradict each other, naming both. */
  public CacheSpec {
    if (Checks.notNull(name, "name").isBlank()) {
      throw new IllegalArgumentException("name must not be blank");
    }
    Checks.notNull(keyType, "keyType");
    Checks.notNull(valueType, "valueType");
    chosen = Set.copyOf(chosen);
    if (bounds.weight() != Bounds.NONE && hooks.weigher() == null) {
      throw new IllegalArgumentException(
          "cache '"
              + name
              + "': maximumWeight needs a weigher; set weigher(...) or use maximumEntries");
    }
  }

  /** Starts a description with a bound of 1,000 entries, no expiry, in memory. */
  public static <K, V> Builder<K, V> of(String name, Class<K> keyType, Class<V> valueType) {
    return new Builder<>(name, keyType, valueType);
  }

  /**
   * As {@link #of(String, Class, Class)} for generic types, which have no class literal; types are
   * not checked at run time.
   */
  @SuppressWarnings("unchecked") // the classes only serve to pick codecs and to describe the cache
  public static <K, V> Builder<K, V> of(String name) {
    return new Builder<>(name, (Class<K>) Object.class, (Class<V>) Object.class);
  }

  /**
   * The same with other bounds, which count as chosen in code no more and no less than before.
   * Throws {@link IllegalArgumentException} for a bound by weight where there is no weigher.
   */
  public CacheSpec<K, V> withBounds(Bounds others) {
    return new CacheSpec<>(
        name, keyType, valueType, others, expiry, hooks, placement, tuning, chosen);
  }

  /** A builder that starts from this description. */
  public Builder<K, V> toBuilder() {
    return new Builder<>(this);
  }

  /**
   * Collects a {@link CacheSpec}. Not for use by several threads. Each setter checks its argument
   * and returns this builder.
   */
  public static final class Builder<K, V> {
    private final String name;
    private final Class<K> keyType;
    private final Class<V> valueType;
    private final Set<String> chosen = new TreeSet<>();
    private final List<CacheListener.Registration<K, V>> listeners = new ArrayList<>();
    private final Map<String, String> options = new HashMap<>();
    private Bounds bounds = Bounds.DEFAULT;
    private @Nullable Duration timeToLive;
    private @Nullable Duration timeToIdle;
    private ExpiryRule<K, V> expiry = ExpiryRule.of(Life.ETERNAL);
    private Hooks<K, V> hooks = Hooks.none();
    private Placement placement = Placement.MEMORY;
    private Tuning tuning = Tuning.DEFAULT;

    Builder(String name, Class<K> keyType, Class<V> valueType) {
      this.name = Checks.notNull(name, "name");
      this.keyType = Checks.notNull(keyType, "keyType");
      this.valueType = Checks.notNull(valueType, "valueType");
    }

    Builder(CacheSpec<K, V> from) {
      this(from.name, from.keyType, from.valueType);
      chosen.addAll(from.chosen);
      listeners.addAll(from.hooks.listeners());
      options.putAll(from.placement.options());
      bounds = from.bounds;
      expiry = from.expiry;
      hooks = from.hooks;
      placement = from.placement;
      tuning = from.tuning;
    }

    /** The largest number of entries; replaces the default bound, adds to others. */
    public Builder<K, V> maximumEntries(long entries) {
      var limit = Checks.notNegative(entries, "maximumEntries");
      bounds = choose("maximum-entries", new Bounds(limit, bounds.weight(), bounds.bytes()));
      return this;
    }

    /**
     * The largest sum of weights; the default bound by count falls away unless a count was chosen.
     */
    public Builder<K, V> maximumWeight(long weight) {
      var limit = Checks.notNegative(weight, "maximumWeight");
      bounds = choose("maximum-weight", new Bounds(chosenEntries(), limit, bounds.bytes()));
      return this;
    }

    /**
     * The largest estimated size in bytes; the default bound by count falls away unless a count was
     * chosen.
     */
    public Builder<K, V> maximumBytes(long bytes) {
      var limit = Checks.notNegative(bytes, "maximumBytes");
      bounds = choose("maximum-bytes", new Bounds(chosenEntries(), bounds.weight(), limit));
      return this;
    }

    /** No bound, on purpose. */
    public Builder<K, V> unbounded() {
      bounds = choose("maximum-entries", Bounds.UNBOUNDED);
      return this;
    }

    private long chosenEntries() {
      return chosen.contains("maximum-entries") ? bounds.entries() : Bounds.NONE;
    }

    private <T> T choose(String key, T value) {
      chosen.add(key);
      return value;
    }

    /**
     * Time to live since the last write; longer than zero. With {@link #expireAfterAccess} both
     * hold.
     */
    public Builder<K, V> expireAfterWrite(Duration life) {
      timeToLive = choose("expire-after-write", Checks.positive(life, "expireAfterWrite"));
      return this;
    }

    /** Time to idle since the last read or write; longer than zero. */
    public Builder<K, V> expireAfterAccess(Duration life) {
      timeToIdle = choose("expire-after-access", Checks.positive(life, "expireAfterAccess"));
      return this;
    }

    /** The rule as data; replaces the two durations. */
    public Builder<K, V> expiry(Life life) {
      timeToLive = null;
      timeToIdle = null;
      expiry = choose("expire-after-write", new ExpiryRule<>(life, null, expiry.jitter()));
      return this;
    }

    /** A rule as user code; replaces every other. */
    public Builder<K, V> expiry(Expiry<? super K, ? super V> rule) {
      timeToLive = null;
      timeToIdle = null;
      expiry =
          choose(
              "expire-after-write",
              new ExpiryRule<>(Life.ETERNAL, Checks.notNull(rule, "expiry"), expiry.jitter()));
      return this;
    }

    /**
     * The largest share, 0 to 1, by which lives are shortened so that entries written together do
     * not expire together.
     */
    public Builder<K, V> jitter(double share) {
      expiry = choose("jitter", new ExpiryRule<>(expiry.life(), expiry.custom(), share));
      return this;
    }

    /** Read-through. */
    public Builder<K, V> loader(CacheLoader<? super K, ? extends V> loader) {
      Checks.notNull(loader, "loader");
      hooks =
          new Hooks<>(
              loader, hooks.writer(), hooks.weigher(), hooks.listeners(), hooks.loadTimeout());
      return this;
    }

    /** Write-through. */
    public Builder<K, V> writer(CacheWriter<? super K, ? super V> writer) {
      Checks.notNull(writer, "writer");
      hooks =
          new Hooks<>(
              hooks.loader(), writer, hooks.weigher(), hooks.listeners(), hooks.loadTimeout());
      return this;
    }

    /** What entries cost against {@link #maximumWeight}. */
    public Builder<K, V> weigher(Weigher<? super K, ? super V> weigher) {
      Checks.notNull(weigher, "weigher");
      hooks =
          new Hooks<>(
              hooks.loader(), hooks.writer(), weigher, hooks.listeners(), hooks.loadTimeout());
      return this;
    }

    /**
     * How long a load may take; zero for as long as it takes. With a timeout loaders run on the
     * manager's executor.
     */
    public Builder<K, V> loadTimeout(Duration timeout) {
      var checked = choose("load-timeout", Checks.notNegative(timeout, "loadTimeout"));
      hooks =
          new Hooks<>(hooks.loader(), hooks.writer(), hooks.weigher(), hooks.listeners(), checked);
      return this;
    }

    /** Adds a listener. */
    public Builder<K, V> listener(
        CacheListener<? super K, ? super V> listener, CacheListener.Delivery delivery) {
      listeners.add(new CacheListener.Registration<>(listener, delivery));
      return this;
    }

    /** The word of the place where entries are kept. */
    public Builder<K, V> topology(String word) {
      placement =
          choose(
              "topology",
              new Placement(
                  Checks.notNull(word, "topology"),
                  Map.of(),
                  placement.schemaVersion(),
                  placement.onFailure()));
      return this;
    }

    /** One option of the place, by its key path, such as {@code disk.path}. */
    public Builder<K, V> option(String key, String value) {
      options.put(choose(Checks.notNull(key, "key"), key), Checks.notNull(value, "value"));
      return this;
    }

    /** The version of the shape of values, 0 or more. */
    public Builder<K, V> schemaVersion(int version) {
      placement =
          choose(
              "schema-version",
              new Placement(placement.topology(), Map.of(), version, placement.onFailure()));
      return this;
    }

    /**
     * The same as text: a whole number, or a semantic version such as {@code 1.4.2}, up to {@code
     * 2047.1023.1023} ({@link Placement#versionNumber}).
     */
    public Builder<K, V> schemaVersion(String version) {
      return schemaVersion(Placement.versionNumber(Checks.notNull(version, "schemaVersion")));
    }

    /** What reads do when the place fails. */
    public Builder<K, V> onFailure(FailurePolicy policy) {
      placement =
          choose(
              "on-failure",
              new Placement(placement.topology(), Map.of(), placement.schemaVersion(), policy));
      return this;
    }

    /**
     * The eviction policy by name. Unknown names are refused when the cache is created, with the
     * known ones.
     */
    public Builder<K, V> policy(String policy) {
      Checks.notNull(policy, "policy");
      tuning =
          choose(
              "policy",
              new Tuning(
                  policy,
                  tuning.statistics(),
                  tuning.cleanupInterval(),
                  tuning.exactClock(),
                  tuning.versions()));
      return this;
    }

    /** Whether operations are counted from the start. */
    public Builder<K, V> statistics(boolean on) {
      tuning =
          choose(
              "statistics",
              new Tuning(
                  tuning.policy(),
                  on,
                  tuning.cleanupInterval(),
                  tuning.exactClock(),
                  tuning.versions()));
      return this;
    }

    /** The time between two runs of the background cleaner; zero for no cleaner. */
    public Builder<K, V> cleanupInterval(Duration interval) {
      Checks.notNegative(interval, "cleanupInterval");
      tuning =
          choose(
              "cleanup-interval",
              new Tuning(
                  tuning.policy(),
                  tuning.statistics(),
                  interval,
                  tuning.exactClock(),
                  tuning.versions()));
      return this;
    }

    /** Whether expiry reads the exact clock on every operation. */
    public Builder<K, V> exactClock(boolean exact) {
      tuning =
          choose(
              "clock",
              new Tuning(
                  tuning.policy(),
                  tuning.statistics(),
                  tuning.cleanupInterval(),
                  exact,
                  tuning.versions()));
      return this;
    }

    /** Whether the store keeps a version with every entry (shared stores always do). */
    public Builder<K, V> versions(boolean keep) {
      tuning =
          choose(
              "versions",
              new Tuning(
                  tuning.policy(),
                  tuning.statistics(),
                  tuning.cleanupInterval(),
                  tuning.exactClock(),
                  keep));
      return this;
    }

    /**
     * The description. Throws {@link IllegalArgumentException} when parts contradict each other.
     */
    public CacheSpec<K, V> build() {
      return new CacheSpec<>(
          name,
          keyType,
          valueType,
          bounds,
          rule(),
          new Hooks<>(
              hooks.loader(), hooks.writer(), hooks.weigher(), listeners, hooks.loadTimeout()),
          new Placement(
              placement.topology(), options, placement.schemaVersion(), placement.onFailure()),
          tuning,
          chosen);
    }

    private ExpiryRule<K, V> rule() {
      if (timeToLive == null && timeToIdle == null) {
        return expiry;
      }
      return new ExpiryRule<>(life(), null, expiry.jitter());
    }

    private Life life() {
      if (timeToLive == null) {
        return Life.afterAccess(Checks.notNull(timeToIdle, "expireAfterAccess"));
      }
      return timeToIdle == null
          ? Life.afterWrite(timeToLive)
          : Life.afterWriteAndAccess(timeToLive, timeToIdle);
    }
  }
}
