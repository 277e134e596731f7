package dev.larder.engine;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The callers that wait for events, by key. As many as there are operations under way. */
final class Expectations<K> {
  private final ConcurrentHashMap<K, List<Expectation<K>>> byKey = new ConcurrentHashMap<>();

  Expectation<K> open(K key) {
    var expectation = new Expectation<>(this, key);
    byKey.merge(
        key,
        List.of(expectation),
        (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
    return expectation;
  }

  void close(Expectation<K> expectation) {
    byKey.computeIfPresent(
        expectation.key(),
        (key, some) -> {
          var left = some.stream().filter(each -> each != expectation).toList();
          return left.isEmpty() ? null : left;
        });
  }

  void told(K key, long version, @Nullable Throwable failure) {
    byKey.getOrDefault(key, List.of()).forEach(expectation -> expectation.told(version, failure));
  }

  void releaseAll() {
    byKey.values().forEach(some -> some.forEach(Expectation::release));
  }
}
