package dev.larder.config;

import dev.larder.Bounds;
import dev.larder.CacheSpec;
import dev.larder.FailurePolicy;
import dev.larder.Placement;
import dev.larder.Tuning;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The table of all keys: parsing, messages, names of variables and properties, and
 * docs/reference.md come from it.
 */
final class Keys {
  static final String ENTRIES = "maximum-entries";
  static final String WEIGHT = "maximum-weight";
  static final String BYTES = "maximum-bytes";
  static final String UNBOUNDED = "unbounded";
  static final String WRITE = "expire-after-write";
  static final String ACCESS = "expire-after-access";
  static final String POLICY = "policy";
  static final String TOPOLOGY = "topology";
  private static final String ALL = "all";

  /** Where entries are kept as bytes. */
  private static final String BYTES_ONLY = "disk, remote, far; memory for snapshots";

  private static final String CODEC = "codec";
  private static final String ALLOW = "serial-allow";
  private static final String IMMUTABLE = "immutable-classes";
  private static final String COPIED = "copied-classes";

  /** The keys that bound a cache; who sets one of them decides on all. */
  static final List<String> BOUNDS = List.of(ENTRIES, WEIGHT, BYTES, UNBOUNDED);

  /** The keys of a cache, all of which but {@link #TOPOLOGY} may stand under defaults. */
  static final List<Key<?>> CACHE =
      List.of(
          key(
              ENTRIES,
              Kinds.COUNT_FROM_ZERO.of("entries").example("50000"),
              String.valueOf(Bounds.DEFAULT.entries()),
              ALL,
              "The largest number of entries; beyond it the eviction policy takes some out."),
          key(
              WEIGHT,
              Kinds.COUNT_FROM_ZERO.of("what the weigher counts").example("1000000"),
              "no bound",
              ALL,
              "The largest sum of weights; the cache needs a weigher, set in code."),
          key(
              BYTES,
              Kinds.BYTES,
              "no bound",
              ALL,
              "The largest estimated size: of the objects in memory, of what is stored elsewhere."),
          key(
              UNBOUNDED,
              Kinds.YES,
              "bounded",
              ALL,
              "No bound at all, on purpose; excludes the three bounds."),
          key(
              WRITE,
              Kinds.LIFE,
              "never",
              ALL,
              "Time to live: how long an entry lives after it was last written."),
          key(
              ACCESS,
              Kinds.LIFE,
              "never",
              ALL,
              "Time to idle: how long an entry lives after it was last written or read by get."),
          key(
              "jitter",
              Kinds.PART,
              "0",
              ALL,
              "The largest share by which lives are shortened, so that entries written together do"
                  + " not expire together.",
              CacheSpec.Builder::jitter),
          key(
              POLICY,
              Kinds.named("an eviction policy", "lru"),
              Tuning.DEFAULT.policy(),
              "memory; remote in the server; disk, remote and far for the copies in front",
              "Which entries leave when a bound is passed: by adaptive, s3-fifo, sieve, fifo, w-tinylfu, lru, mru, lfu, ttl, size, or a policy of your own on the class path.",
              CacheSpec.Builder::policy),
          key(
              "statistics",
              Kinds.FLAG,
              String.valueOf(Tuning.DEFAULT.statistics()),
              ALL,
              "Whether operations are counted; sizes are known in any case.",
              CacheSpec.Builder::statistics),
          key(
              "cleanup-interval",
              Kinds.PAUSE,
              Tuning.DEFAULT.cleanupInterval().toSeconds() + "s",
              ALL,
              "The time between two runs of the background cleaner; never for no cleaner.",
              CacheSpec.Builder::cleanupInterval),
          key(
              "clock",
              Kinds.choice(Boolean.class, Map.of("coarse", false, "exact", true)).example("exact"),
              Tuning.DEFAULT.exactClock() ? "exact" : "coarse",
              "memory",
              "Which clock reads compare deadlines with: a tick that is cheap, or the exact time.",
              CacheSpec.Builder::exactClock),
          key(
              "versions",
              Kinds.FLAG.example("true"),
              String.valueOf(Tuning.DEFAULT.versions()),
              "memory",
              "Whether a version is kept with every entry (shared stores always do).",
              CacheSpec.Builder::versions),
          key(
              "load-timeout",
              Kinds.PAUSE,
              "never",
              ALL,
              "How long a load may take; with a limit loaders run on the executor of the manager.",
              CacheSpec.Builder::loadTimeout),
          key(
              "schema-version",
              Kinds.SCHEMA_VERSION.example("2"),
              String.valueOf(Placement.MEMORY.schemaVersion()),
              BYTES_ONLY,
              "The version of the shape of values; entries written under another are misses.",
              CacheSpec.Builder::schemaVersion),
          key(
              "on-failure",
              Kinds.choice(
                      FailurePolicy.class,
                      Map.of(
                          "fail", FailurePolicy.FAIL,
                          "miss", FailurePolicy.MISS,
                          "serve-stale", FailurePolicy.SERVE_STALE))
                  .example("miss"),
              "fail",
              "disk, remote, far",
              "What a read does when its store fails: throw, find nothing, or show the copy it has; writes always report.",
              CacheSpec.Builder::onFailure),
          key(
              CODEC,
              Kinds.named("a codec, or java,", "cbor"),
              "none for plain values, java for JCache caches",
              BYTES_ONLY,
              "What makes bytes of keys and values; cbor and json come with larder-codec, java is serialization behind an allow-list.",
              (spec, name) -> spec.option(CODEC, name)),
          key(
              ALLOW,
              Kinds.TEXTS.example("com.example.*"),
              "none",
              BYTES_ONLY,
              "Patterns of classes that Java serialization may read besides the declared and the written ones.",
              (spec, patterns) -> spec.option(ALLOW, patterns)),
          key(
              IMMUTABLE,
              Kinds.TEXTS.example("com.example.Money"),
              "none",
              ALL,
              "Classes whose objects never change, so that JCache caches that store by value share"
                  + " them.",
              (spec, names) -> spec.option(IMMUTABLE, names)),
          key(
              COPIED,
              Kinds.TEXTS.example("com.example.Draft"),
              "none",
              ALL,
              "Classes whose objects are copied by value even if they look as if they never"
                  + " changed.",
              (spec, names) -> spec.option(COPIED, names)),
          key(
              TOPOLOGY,
              Kinds.named("a store, or memory,", "disk"),
              Placement.MEMORY.topology(),
              ALL,
              "Where entries are kept: memory, or the word of a store on the class path.",
              CacheSpec.Builder::topology));

  /** Those for all caches. */
  static final List<Key<?>> GENERAL =
      List.of(
          key(
              TOPOLOGY,
              Kinds.named("a store, or memory,", "disk"),
              Placement.MEMORY.topology(),
              ALL,
              "Where the entries of all caches are kept that do not say it themselves.",
              CacheSpec.Builder::topology),
          key(
              "jcache.default-maximum-entries",
              Kinds.count(1, Long.MAX_VALUE - 1).of("entries").example("50000"),
              "10000",
              ALL,
              "The bound of a JCache cache for which nobody set one."),
          key(
              "jcache.create-missing",
              Kinds.FLAG,
              "false",
              ALL,
              "Whether a JCache cache that is asked for and was never created is made, as this"
                  + " configuration describes caches of its name."));

  /** The keys that are none of a cache's, besides those of {@link PlaceKeys}. */
  static final List<Key<?>> TOP =
      Stream.of(GENERAL, ServerKeys.ALL).<Key<?>>flatMap(List::stream).toList();

  private Keys() {}

  private static <T> Key<T> key(
      String name, Kind<T> kind, String fallback, String places, String meaning) {
    return key(name, kind, fallback, places, meaning, Key.Setter.none());
  }

  private static <T> Key<T> key(
      String name,
      Kind<T> kind,
      String fallback,
      String places,
      String meaning,
      Key.Setter<T> setter) {
    return new Key<>(name, kind, fallback, places, meaning, setter);
  }
}
