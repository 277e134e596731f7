package dev.larder.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.CacheWriter;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A writer that keeps what it did and refuses the keys it is told to. */
final class Journal implements CacheWriter<String, String> {
  final Map<String, String> source = new ConcurrentHashMap<>();
  final Set<String> refused = ConcurrentHashMap.newKeySet();
  final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private volatile BiConsumer<String, @Nullable String> before = (key, value) -> {};

  @Override
  public void write(String key, String value) {
    check(key, value);
    lines.add(key + "=" + value);
    source.put(key, value);
  }

  @Override
  public void delete(String key) {
    check(key, null);
    lines.add("-" + key);
    source.remove(key);
  }

  private void check(String key, @Nullable String value) {
    before.accept(key, value);
    if (refused.contains(key)) {
      throw new IllegalStateException("the source refuses " + key);
    }
  }

  void before(BiConsumer<String, @Nullable String> look) {
    before = look;
  }

  void expect(String... expected) {
    assertEquals(List.of(expected), List.copyOf(lines));
    lines.clear();
  }
}
