package dev.larder.disk.crash;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.ToLongBiFunction;
import java.util.function.UnaryOperator;

/**
 * One cache of the load, whose keys are numbered. All subjects share one file, and differ in types,
 * bounds and in what is done with them.
 */
final class Subject<K, V> {
  /** Values of any length, nothing but puts, updates and removals. */
  static final Subject<String, byte[]> PLAIN =
      new Subject<>("plain", byte[].class, Stamp::bytes, Stamp::sequence);

  /** Entries that expire, some before the kill. */
  static final Subject<String, String> EXPIRING =
      new Subject<>("expiring", String.class, Stamp::text, Stamp::sequence);

  /** Numbers under numbers. */
  static final Subject<Long, Long> NUMBERS =
      new Subject<>(
          "numbers",
          Long.class,
          Long.class,
          number -> (long) number,
          Stamp::number,
          Stamp::sequence,
          spec -> spec);

  /** Changed in batches of {@link #GROUP} keys only. */
  static final Subject<String, byte[]> GROUPS =
      new Subject<>("groups", byte[].class, Stamp::bytes, Stamp::sequence);

  /** So small that entries are evicted all the time. */
  static final Subject<String, byte[]> SMALL =
      new Subject<>(
          "small",
          String.class,
          byte[].class,
          number -> "small-" + number,
          Stamp::bytes,
          Stamp::sequence,
          spec -> spec.maximumEntries(60).option("memory.maximum-entries", "8"));

  /** Cleared again and again. */
  static final Subject<String, String> CLEARED =
      new Subject<>("cleared", String.class, Stamp::text, Stamp::sequence);

  /** Counters that all threads count up; the sequence is the count. */
  static final Subject<Long, Long> COUNTERS =
      new Subject<>(
          "counters",
          Long.class,
          Long.class,
          number -> (long) number,
          Stamp::number,
          Stamp::sequence,
          spec -> spec);

  static final int GROUP = 4;
  static final List<Subject<?, ?>> ALL =
      List.of(PLAIN, EXPIRING, NUMBERS, GROUPS, SMALL, CLEARED, COUNTERS);

  final String name;
  private final Class<K> keyType;
  private final Class<V> valueType;
  private final IntFunction<K> keys;
  private final BiFunction<K, Long, V> values;
  private final ToLongBiFunction<K, V> sequences;
  private final UnaryOperator<CacheSpec.Builder<K, V>> setting;

  private Subject(
      String name,
      Class<K> keyType,
      Class<V> valueType,
      IntFunction<K> keys,
      BiFunction<K, Long, V> values,
      ToLongBiFunction<K, V> sequences,
      UnaryOperator<CacheSpec.Builder<K, V>> setting) {
    this.name = name;
    this.keyType = keyType;
    this.valueType = valueType;
    this.keys = keys;
    this.values = values;
    this.sequences = sequences;
    this.setting = setting;
  }

  @SuppressWarnings("unchecked") // K is String
  private Subject(
      String name,
      Class<V> valueType,
      BiFunction<String, Long, V> values,
      ToLongBiFunction<String, V> sequences) {
    this(
        name,
        (Class<K>) String.class,
        valueType,
        number -> (K) (name + "-" + number),
        (BiFunction<K, Long, V>) values,
        (ToLongBiFunction<K, V>) sequences,
        spec -> spec);
  }

  int place() {
    return ALL.indexOf(this);
  }

  Cache<K, V> open(Larder larder, Path file, Map<String, String> options) {
    var spec =
        CacheSpec.of(name, keyType, valueType)
            .topology("disk")
            .option("disk.path", file.toString())
            .option("memory.maximum-entries", "100")
            .cleanupInterval(Duration.ofMillis(50))
            .unbounded();
    options.forEach(spec::option);
    return larder.create(setting.apply(spec).build());
  }

  K key(int number) {
    return keys.apply(number);
  }

  V value(int number, long sequence) {
    return values.apply(key(number), sequence);
  }

  /** The sequence of the key's value, 0 when there is none. */
  long sequence(Cache<K, V> cache, int number) {
    var key = key(number);
    var value = cache.get(key);
    return value == null ? 0 : sequences.applyAsLong(key, value);
  }

  long sequence(int number, V value) {
    return sequences.applyAsLong(key(number), value);
  }

  /** Checks that every entry passes for what its key says, and counts them. */
  long iterate(Cache<K, V> cache) {
    long count = 0;
    for (var entry : cache) {
      count += sequences.applyAsLong(entry.key(), entry.value()) > 0 ? 1 : 0;
    }
    return count;
  }
}
