package dev.larder.config;

/**
 * A kind of value: how its text is read and what is allowed.
 *
 * @param type what it is read to
 * @param noun what it is called in messages, with its article
 * @param allowed what is allowed, for messages and the reference
 * @param unit what its numbers count, for the reference; empty where it has none
 * @param sample a text that is right
 * @param list whether a list is as good as its parts joined by commas
 * @param reader reads the text; throws {@link IllegalArgumentException} saying what is wrong
 */
record Kind<T>(
    Class<T> type,
    String noun,
    String allowed,
    String unit,
    String sample,
    boolean list,
    Reader<T> reader) {

  /** Reads a text. */
  @FunctionalInterface
  interface Reader<T> {
    T read(String text);
  }

  T read(String text) {
    return reader.read(text.strip());
  }

  /** The same kind with another sample. */
  Kind<T> example(String text) {
    return new Kind<>(type, noun, allowed, unit, text, list, reader);
  }

  /** The same kind of something else. */
  Kind<T> of(String things) {
    return new Kind<>(type, noun, allowed, things, sample, list, reader);
  }
}
