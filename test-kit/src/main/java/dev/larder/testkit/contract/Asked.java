package dev.larder.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.Expiry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule that keeps what it was asked. */
final class Asked implements Expiry<String, String> {
  private final java.util.Queue<String> questions =
      new java.util.concurrent.ConcurrentLinkedQueue<>();

  void expect(String... expected) {
    assertEquals(List.of(expected), List.copyOf(questions));
    questions.clear();
  }

  @Override
  public Duration onCreate(String key, String value) {
    questions.add("create " + key + "=" + value);
    return ExpiryContract.SECOND;
  }

  @Override
  public Duration onUpdate(String key, String value) {
    questions.add("update " + key + "=" + value);
    return ExpiryContract.SECOND;
  }

  @Override
  public @Nullable Duration onAccess(String key, String value) {
    questions.add("access " + key + "=" + value);
    return null;
  }
}
