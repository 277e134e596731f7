package dev.larder.testkit.reference;

import dev.larder.Cache;
import dev.larder.CacheException;
import dev.larder.MutableEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One operation on a cache, as data: it can be done again on another cache, and read in a log.
 *
 * @param kind what is done
 * @param key with which key
 * @param other another key, where two are needed
 * @param value with which value
 * @param expected a value compared with, where there is one
 * @param millis a time, where there is one
 */
record Operation(Kind kind, String key, String other, String value, String expected, long millis) {

  /** What can be done. */
  enum Kind {
    GET(8),
    GET_LOADED(3),
    GET_ALL(2),
    CONTAINS(2),
    PUT(8),
    PUT_FOR(4),
    PUT_ALL(2),
    PUT_IF_ABSENT(4),
    REPLACE(4),
    REPLACE_EQUAL(4),
    REMOVE(4),
    REMOVE_EQUAL(3),
    REMOVE_ALL(1),
    TAKE(2),
    UPDATE_SET(3),
    UPDATE_SET_FOR(2),
    UPDATE_REMOVE(2),
    UPDATE_READ(2),
    UPDATE_FAIL(1),
    BATCH(2),
    PURGE(1),
    CLEAR(1),
    ADVANCE(8);

    private final int share;

    Kind(int share) {
      this.share = share;
    }

    private static Kind drawn(Random random) {
      var total = 0;
      for (var kind : values()) {
        total += kind.share;
      }
      var left = random.nextInt(total);
      for (var kind : values()) {
        left -= kind.share;
        if (left < 0) {
          return kind;
        }
      }
      throw new IllegalStateException("shares do not add up");
    }
  }

  /** Draws an operation on few keys and few values, so that they meet. */
  static Operation drawn(Random random) {
    return new Operation(
        Kind.drawn(random),
        "k" + random.nextInt(6),
        "k" + random.nextInt(6),
        "v" + random.nextInt(4),
        "v" + random.nextInt(4),
        1 + random.nextInt(1_200));
  }

  /**
   * Does it, and gives what came of it as text. {@link Kind#ADVANCE} is done by whoever has the
   * clock.
   */
  String on(Cache<String, String> cache) {
    try {
      return String.valueOf(result(cache));
    } catch (CacheException | IllegalStateException e) {
      return e.getClass().getSimpleName();
    }
  }

  private @Nullable Object result(Cache<String, String> cache) {
    return switch (kind) {
      case GET -> cache.get(key);
      case GET_LOADED -> cache.get(key, k -> value);
      case GET_ALL -> new TreeMap<>(cache.getAll(List.of(key, other)));
      case CONTAINS -> cache.contains(key);
      case PUT, PUT_FOR, PUT_ALL, REMOVE_ALL, BATCH, CLEAR -> changed(cache);
      case PUT_IF_ABSENT -> cache.asMap().putIfAbsent(key, value);
      case REPLACE -> cache.asMap().replace(key, value);
      case REPLACE_EQUAL -> cache.asMap().replace(key, expected, value);
      case REMOVE -> cache.remove(key);
      case REMOVE_EQUAL -> cache.asMap().remove(key, expected);
      case TAKE -> cache.asMap().remove(key);
      case UPDATE_SET, UPDATE_SET_FOR, UPDATE_REMOVE, UPDATE_READ, UPDATE_FAIL ->
          cache.<@Nullable String>update(key, this::updated);
      case PURGE -> {
        cache.control().purge();
        yield cache.size();
      }
      case ADVANCE -> "";
    };
  }

  private String changed(Cache<String, String> cache) {
    switch (kind) {
      case PUT -> cache.put(key, value);
      case PUT_FOR -> cache.put(key, value, Duration.ofMillis(millis));
      case PUT_ALL ->
          cache.putAll(
              key.equals(other) ? Map.of(key, value) : Map.of(key, value, other, expected));
      case REMOVE_ALL -> cache.removeAll(List.of(key, other));
      case BATCH -> cache.batch(batch -> batch.put(key, value).remove(other).put(key, expected));
      default -> cache.clear();
    }
    return "";
  }

  private @Nullable String updated(MutableEntry<String, String> entry) {
    switch (kind) {
      case UPDATE_SET -> entry.set(value);
      case UPDATE_SET_FOR -> entry.set(value, Duration.ofMillis(millis));
      case UPDATE_REMOVE -> entry.remove();
      case UPDATE_FAIL -> throw new IllegalStateException("an update that fails");
      default -> {}
    }
    return kind == Kind.UPDATE_READ ? entry.value() : "" + entry.exists();
  }

  @Override
  public String toString() {
    return switch (kind) {
      case GET, CONTAINS, REMOVE, TAKE, UPDATE_REMOVE, UPDATE_READ, UPDATE_FAIL -> kind + " " + key;
      case GET_ALL, REMOVE_ALL -> kind + " " + key + " " + other;
      case GET_LOADED, PUT, PUT_IF_ABSENT, REPLACE, UPDATE_SET -> kind + " " + key + "=" + value;
      case PUT_FOR, UPDATE_SET_FOR -> kind + " " + key + "=" + value + " for " + millis + " ms";
      case REPLACE_EQUAL -> kind + " " + key + " " + expected + " by " + value;
      case REMOVE_EQUAL -> kind + " " + key + "=" + expected;
      case PUT_ALL -> kind + " " + key + "=" + value + " " + other + "=" + expected;
      case BATCH ->
          kind + " " + key + "=" + value + ", without " + other + ", " + key + "=" + expected;
      case ADVANCE -> kind + " " + millis + " ms";
      case PURGE, CLEAR -> "" + kind;
    };
  }
}
