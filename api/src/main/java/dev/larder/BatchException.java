package dev.larder;

import java.util.Map;

/**
 * Some operations of a batch failed; the others are in force, unless the topology applies batches
 * as a whole.
 */
public final class BatchException extends CacheException {
  private static final long serialVersionUID = 1L;
  private final transient Map<Object, Throwable> failures;

  /** With what failed, by key; the first failure becomes the cause. */
  public BatchException(String message, Map<?, ? extends Throwable> failures) {
    super(message, failures.values().stream().findFirst().orElse(null));
    this.failures = Map.copyOf(failures);
  }

  /**
   * What failed, by key. A {@link OutcomeUnknownException} says that the operation may have
   * happened.
   */
  public Map<Object, Throwable> failures() {
    return failures;
  }
}
