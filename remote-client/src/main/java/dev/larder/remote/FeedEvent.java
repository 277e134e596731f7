package dev.larder.remote;

import dev.larder.RemovalCause;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import org.jspecify.annotations.Nullable;

/** What a stream of events says, as docs/wire-protocol.md describes it. Immutable. */
sealed interface FeedEvent {

  /**
   * The stream begins.
   *
   * @param epoch the name of the log it is read from
   * @param next the first event that will come
   * @param listener what the stream is called in requests for marks, empty where the server has
   *     none
   */
  record Start(String epoch, long next, String listener) implements FeedEvent {}

  /** Events from {@code first} to before {@code next} are lost. */
  record Gap(long first, long next) implements FeedEvent {}

  /** Everything before {@code next} had happened when the mark of this number was asked for. */
  record Mark(long number, long next) implements FeedEvent {}

  /** All entries were dropped. */
  record Cleared(long sequence) implements FeedEvent {}

  /** The entry of this version, or of one before, expires earlier than was said. */
  record Shortened(long sequence, Bytes key, long version) implements FeedEvent {}

  /**
   * An entry was created, updated or removed.
   *
   * @param removed whether there is none after it
   * @param cause why the value before left, null where there was none
   * @param after the value written, where it was sent along
   * @param before the value before, where it was sent along
   * @param omitted whether a value was left out because of its size
   */
  record Changed(
      long sequence,
      Bytes key,
      long version,
      boolean removed,
      @Nullable RemovalCause cause,
      @Nullable Payload after,
      @Nullable Payload before,
      boolean omitted)
      implements FeedEvent {}

  /** Something that a newer server says, and that means nothing here. */
  record Other() implements FeedEvent {}
}
