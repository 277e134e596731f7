package dev.larder.server.core;

import dev.larder.Bounds;
import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import dev.larder.ExpiryRule;
import dev.larder.Health;
import dev.larder.LarderBuilder;
import dev.larder.Life;
import dev.larder.engine.LarderEngine;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The databases of a server, by name; some have a number too, by which clients of the Redis
 * protocol know them. Number 0 is the {@linkplain #DEFAULT default} one. Safe for all threads.
 */
public final class Databases implements AutoCloseable {
  /** The name of the database that is always there. */
  public static final String DEFAULT = "default";

  /** What it holds when nobody said: as many entries, and so many bytes. */
  public static final Bounds BOUNDS = new Bounds(10_000, Bounds.NONE, 512L << 20);

  private static final String EXPIRY = "expire-after-write";

  private static final Life RENEWING =
      new Life(Life.FOREVER, Life.FOREVER, Life.UNCHANGED, Life.FOREVER, 0);

  /** How many there may be. */
  public static final int MOST = 1_000;

  private static final int LONGEST_NAME = 256;

  /** Of a name, one or more with slashes between; clients put their namespace in front so. */
  private static final String PART = "[A-Za-z0-9_][A-Za-z0-9._$(),:@+-]*";

  private static final Pattern NAME = Pattern.compile(PART + "(?:/" + PART + ")*");

  private final LarderEngine engine;
  private final Map<Integer, String> numbers;
  private final Map<String, Database> open = new ConcurrentSkipListMap<>();
  private final Database first;

  /**
   * Opens the default database and those that the configuration names.
   *
   * @param settings where configuration and time come from
   * @param numbers the names of databases that have a number, which are opened too
   * @throws ConfigurationException when one cannot be opened; nothing stays open then
   */
  public Databases(LarderBuilder settings, Map<Integer, String> numbers) {
    this.numbers = new TreeMap<>(numbers);
    this.numbers.put(0, DEFAULT);
    this.engine = (LarderEngine) settings.open();
    try {
      this.first = create(spec(DEFAULT).build());
      for (var name : engine.configuration().names()) {
        findOrCreate(name);
      }
      this.numbers.values().forEach(this::findOrCreate);
    } catch (RuntimeException | Error e) {
      engine.close();
      throw e;
    }
  }

  /** Whether nobody chose a rule of expiry for the database, so that nothing expires by one. */
  public static boolean leftOpen(CacheSpec<?, ?> created) {
    return !created.chosen().contains(EXPIRY) && created.expiry().life().equals(RENEWING);
  }

  /** A description to start from. */
  public static CacheSpec.Builder<Bytes, Payload> spec(String name) {
    return CacheSpec.of(checked(name), Bytes.class, Payload.class).versions(true);
  }

  private static String checked(String name) {
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of a cache is 1 to "
              + LONGEST_NAME
              + " letters and digits of ASCII and . _ - $ ( ) , : @ + /, the first, and that after"
              + " each /, a letter, digit or _");
    }
    return name;
  }

  private void findOrCreate(String name) {
    if (!open.containsKey(name)) {
      create(spec(name).build());
    }
  }

  /** The one that is always there, number 0. */
  public Database first() {
    return first;
  }

  /** The open database of that name. */
  public Optional<Database> find(String name) {
    return Optional.ofNullable(open.get(name));
  }

  /** The open database of that number. */
  public Optional<Database> numbered(int number) {
    var name = numbers.get(number);
    return name == null ? Optional.empty() : find(name);
  }

  /** The number of a database, or null when it has none. */
  public @Nullable Integer number(Database database) {
    for (var numbered : numbers.entrySet()) {
      if (numbered.getValue().equals(database.name())) {
        return numbered.getKey();
      }
    }
    return null;
  }

  /** All that are open, by name. */
  public List<Database> all() {
    return List.copyOf(open.values());
  }

  /** What a description leaves open comes from the configuration. */
  public CacheSpec<Bytes, Payload> complete(CacheSpec<Bytes, Payload> given) {
    return engine.configuration().complete(given);
  }

  /**
   * Creates one. What the description leaves open comes from the configuration, and bounds that
   * nobody chose are {@link #BOUNDS}.
   *
   * @throws IllegalStateException when there is one of that name, or too many
   * @throws ConfigurationException when the description cannot be met
   */
  public Database create(CacheSpec<Bytes, Payload> given) {
    synchronized (engine) {
      if (open.size() >= MOST) {
        throw new IllegalStateException(
            "there are " + MOST + " caches already, and there may be no more");
      }
      var watchers = new Watchers();
      var spec = renewing(bounded(complete(given)));
      var database = new Database(engine.create(spec, watchers), watchers);
      open.put(spec.name(), database);
      return database;
    }
  }

  /**
   * Where nobody chose a rule and nothing expires by one, a plain write does away with a deadline
   * that somebody gave the entry before, as SET does in Redis. A rule that a client chose stays as
   * it was said, so that the same one said again is the same.
   */
  private static CacheSpec<Bytes, Payload> renewing(CacheSpec<Bytes, Payload> spec) {
    if (spec.chosen().contains(EXPIRY) || !spec.expiry().life().equals(Life.ETERNAL)) {
      return spec;
    }
    var rule = new ExpiryRule<Bytes, Payload>(RENEWING, null, spec.expiry().jitter());
    return new CacheSpec<>(
        spec.name(),
        spec.keyType(),
        spec.valueType(),
        spec.bounds(),
        rule,
        spec.hooks(),
        spec.placement(),
        spec.tuning(),
        spec.chosen());
  }

  private static CacheSpec<Bytes, Payload> bounded(CacheSpec<Bytes, Payload> spec) {
    var chosen = spec.chosen();
    var bounds = spec.bounds();
    if (chosen.contains("maximum-entries") && !bounds.bounded()) {
      return spec;
    }
    var builder = spec.toBuilder();
    if (!chosen.contains("maximum-entries")) {
      builder.maximumEntries(BOUNDS.entries());
    }
    if (!chosen.contains("maximum-bytes")) {
      builder.maximumBytes(BOUNDS.bytes());
    }
    return builder.build();
  }

  /**
   * Closes a database and deletes its entries; false when there is none of that name.
   *
   * @throws IllegalArgumentException for the default one, which can only be cleared
   */
  public boolean destroy(String name) {
    if (name.equals(DEFAULT)) {
      throw new IllegalArgumentException(
          "the cache '" + DEFAULT + "' is always there; it can be cleared, not destroyed");
    }
    synchronized (engine) {
      if (open.remove(name) == null) {
        return false;
      }
      engine.destroy(name);
      return true;
    }
  }

  /** The worst health of all, with the reasons. Does not wait. */
  public Health health() {
    return engine.health();
  }

  /** The manager, for settings. */
  public LarderEngine engine() {
    return engine;
  }

  /** Closes all. Idempotent. */
  @Override
  public void close() {
    engine.close();
  }
}
