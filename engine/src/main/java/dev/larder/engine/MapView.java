package dev.larder.engine;

import dev.larder.Checks;
import dev.larder.MutableEntry;
import dev.larder.spi.Verbs;
import dev.larder.spi.Verbs.Match;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cache in the syntax of maps. Functions given to it run once, as in {@link
 * dev.larder.Cache#update}.
 */
final class MapView<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V> {
  private final CacheFront<K, V> front;

  /** What the methods below count; made once, not at each call. */
  private final BiFunction<Counters, @Nullable V, @Nullable V> replacing = this::replaced;

  private final BiFunction<Counters, @Nullable V, @Nullable V> adding = this::added;
  private final BiFunction<Counters, @Nullable V, @Nullable V> exchanging = this::exchanged;
  private final BiFunction<Counters, Match, Boolean> swapping = this::swapped;

  MapView(CacheFront<K, V> front) {
    this.front = front;
  }

  @SuppressWarnings("unchecked") // as in every Map: a key of another type equals none
  private K key(@Nullable Object key) {
    return (K) Checks.notNull(key, "key");
  }

  @Override
  public @Nullable V get(@Nullable Object key) {
    return front.reads().lookup(key(key));
  }

  @Override
  public V getOrDefault(@Nullable Object key, V otherwise) {
    var value = get(key);
    return value == null ? otherwise : value;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return front.contains(key(key));
  }

  @Override
  public @Nullable V put(K key, V value) {
    Checks.notNull(value, "value");
    return front.counted(key, Verbs.getAndPut(), value, replacing);
  }

  private @Nullable V replaced(Counters counters, @Nullable V before) {
    counted(counters, before != null);
    stored(counters, before != null);
    return before;
  }

  private void stored(Counters counters, boolean present) {
    if (front.stores(present)) {
      counters.put();
    }
  }

  private static void counted(Counters counters, boolean hit) {
    if (hit) {
      counters.hit();
    } else {
      counters.miss();
    }
  }

  @Override
  public @Nullable V putIfAbsent(K key, V value) {
    Checks.notNull(value, "value");
    return front.counted(key, Verbs.putIfAbsent(), value, adding);
  }

  private @Nullable V added(Counters counters, @Nullable V before) {
    counted(counters, before != null);
    if (before == null) {
      stored(counters, false);
    }
    return before;
  }

  @Override
  public @Nullable V replace(K key, V value) {
    Checks.notNull(value, "value");
    return front.counted(key, Verbs.replace(), value, exchanging);
  }

  private @Nullable V exchanged(Counters counters, @Nullable V before) {
    counted(counters, before != null);
    if (before != null) {
      stored(counters, true);
    }
    return before;
  }

  @Override
  public boolean replace(K key, V expected, V value) {
    Checks.notNull(expected, "expected");
    Checks.notNull(value, "value");
    return front.counted(key, Verbs.swap(), new Verbs.Swap<>(expected, value), swapping);
  }

  private boolean swapped(Counters counters, Match match) {
    counted(counters, match != Match.ABSENT);
    if (match == Match.EQUAL) {
      stored(counters, true);
    }
    return match == Match.EQUAL;
  }

  @Override
  public @Nullable V remove(@Nullable Object key) {
    return front.counted(key(key), Verbs.<V>remove(), Verbs.Nothing.NOTHING, MapView::taken);
  }

  private static <V> @Nullable V taken(Counters counters, @Nullable V before) {
    counted(counters, before != null);
    if (before != null) {
      counters.removal();
    }
    return before;
  }

  @Override
  @SuppressWarnings("unchecked") // as in every Map: a value of another type equals none
  public boolean remove(@Nullable Object key, @Nullable Object expected) {
    var value = (V) Checks.notNull(expected, "expected");
    return front.counted(key(key), Verbs.removeEqual(), value, MapView::takenEqual);
  }

  private static boolean takenEqual(Counters counters, Match match) {
    counted(counters, match != Match.ABSENT);
    if (match == Match.EQUAL) {
      counters.removal();
    }
    return match == Match.EQUAL;
  }

  @Override
  public @Nullable V compute(
      K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
    Checks.notNull(function, "function");
    return front.<@Nullable V>update(key, entry -> set(entry, function.apply(key, entry.value())));
  }

  private static <K, V> @Nullable V set(MutableEntry<K, V> entry, @Nullable V value) {
    if (value == null) {
      entry.remove();
    } else {
      entry.set(value);
    }
    return value;
  }

  @Override
  public @Nullable V computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
    Checks.notNull(function, "function");
    return front.<@Nullable V>update(
        key,
        entry -> {
          var present = entry.value();
          if (present != null) {
            return present;
          }
          V value = function.apply(key);
          if (value != null) {
            entry.set(value);
          }
          return value;
        });
  }

  @Override
  public @Nullable V computeIfPresent(
      K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
    Checks.notNull(function, "function");
    return front.<@Nullable V>update(
        key,
        entry -> {
          var present = entry.value();
          return present == null ? null : set(entry, function.apply(key, present));
        });
  }

  @Override
  public @Nullable V merge(
      K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
    Checks.notNull(value, "value");
    Checks.notNull(function, "function");
    return front.<@Nullable V>update(
        key,
        entry -> {
          var present = entry.value();
          return set(entry, present == null ? value : function.apply(present, value));
        });
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> entries) {
    front.putAll(entries);
  }

  @Override
  public void clear() {
    front.clear();
  }

  @Override
  public int size() {
    return (int) Math.min(Integer.MAX_VALUE, front.size());
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Map.Entry<K, V>> {
    @Override
    public int size() {
      return MapView.this.size();
    }

    @Override
    public void clear() {
      front.clear();
    }

    @Override
    public boolean contains(@Nullable Object candidate) {
      return candidate instanceof Map.Entry<?, ?> entry
          && entry.getKey() != null
          && Objects.equals(get(entry.getKey()), entry.getValue());
    }

    @Override
    public boolean remove(@Nullable Object candidate) {
      return candidate instanceof Map.Entry<?, ?> entry
          && entry.getKey() != null
          && entry.getValue() != null
          && MapView.this.remove(entry.getKey(), entry.getValue());
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
      var entries = front.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return entries.hasNext();
        }

        @Override
        public Map.Entry<K, V> next() {
          var entry = entries.next();
          return new WriteThroughEntry(entry.key(), entry.value());
        }

        @Override
        public void remove() {
          entries.remove();
        }
      };
    }
  }

  /** Setting its value puts it into the cache. */
  private final class WriteThroughEntry extends SimpleEntry<K, V> {
    private static final long serialVersionUID = 1L;

    WriteThroughEntry(K key, V value) {
      super(key, value);
    }

    @Override
    public V setValue(V value) {
      front.put(getKey(), value);
      return super.setValue(value);
    }
  }
}
