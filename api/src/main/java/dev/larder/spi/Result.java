package dev.larder.spi;

import org.jspecify.annotations.Nullable;

/**
 * What became of an operation.
 *
 * @param value the result of its verb, where it did not fail
 * @param failure why it failed, or null
 * @param outcomeKnown false when it failed and may have happened all the same
 * @param version the version of the change that it made, 0 when it made none or the store keeps no
 *     versions
 * @param after the entry that its write or touch left in force, for a tier in front to copy; null
 *     when it removed, did nothing, or the store does not tell. Its value may be null where the
 *     writer knows what it wrote.
 */
public record Result<R extends @Nullable Object>(
    R value,
    @Nullable Throwable failure,
    boolean outcomeKnown,
    long version,
    @Nullable Stored<?> after) {

  /** Of an operation that succeeded. */
  public static <R extends @Nullable Object> Result<R> of(R value, long version) {
    return new Result<>(value, null, true, version, null);
  }

  /** Of an operation that succeeded, with the entry that it left in force. */
  public static <R extends @Nullable Object> Result<R> of(
      R value, long version, @Nullable Stored<?> after) {
    return new Result<>(value, null, true, version, after);
  }

  /** Of an operation that failed. */
  @SuppressWarnings("NullAway") // R allows null; without its JSpecify mode NullAway cannot see it
  public static Result<@Nullable Object> failed(Throwable failure, boolean outcomeKnown) {
    return new Result<>(null, failure, outcomeKnown, 0, null);
  }
}
