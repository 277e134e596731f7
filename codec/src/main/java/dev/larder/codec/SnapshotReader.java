package dev.larder.codec;

import dev.larder.Life;
import dev.larder.SnapshotException;
import dev.larder.spi.Inventory;
import dev.larder.spi.Kept;
import dev.larder.spi.Remainder;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the entries of a verified file for one cache; each reading is from the beginning. */
final class SnapshotReader<K, V> {
  private final Inventory<K, V> cache;
  private final SnapshotFile file;
  private final Layout layout;
  private final Forms<K, V> forms;
  private Instant savedAt = Instant.EPOCH;
  private long savedAtMillis;

  SnapshotReader(Inventory<K, V> cache, SnapshotFile file) {
    this.cache = cache;
    this.file = file;
    this.layout = file.layoutUsed();
    this.forms = Forms.of(cache, layout);
  }

  /** When the snapshot was taken; known from the first entry on. */
  Instant savedAt() {
    return savedAt;
  }

  /** The same in milliseconds of the epoch. */
  long savedAtMillis() {
    return savedAtMillis;
  }

  /** Hands every entry on, coldest first. What the receiver throws passes. */
  void read(Consumer<Kept<K, V>> each) {
    try (var in = layout.mapper().createParser(file.content())) {
      step(in, "a beginning", () -> head(in));
      for (long count = 0; ; count++) {
        var entry = step(in, "an entry, number " + (count + 1) + ",", () -> next(in));
        if (entry == null) {
          end(in, count);
          return;
        }
        each.accept(entry);
      }
    }
  }

  /** Whatever a parser or a codec throws becomes a refusal with a place. */
  private <T extends @Nullable Object> T step(JsonParser in, String what, Supplier<T> step) {
    try {
      return step.get();
    } catch (SnapshotException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // A codec that calls itself for what is nested may meet a file made to nest too deep for it.
      throw file.refused(place(in), "has " + what + " that cannot be read: " + e.getMessage(), e);
    }
  }

  private void end(JsonParser in, long count) {
    var told = step(in, "a count", () -> number(in, "count"));
    require(in, told == count, "has " + count + " entries where it counts " + told);
  }

  private @Nullable Void head(JsonParser in) {
    require(in, token(in) == JsonToken.START_OBJECT, "is no object");
    number(in, Layout.MARK);
    text(in, "cache");
    savedAt = Instant.parse(text(in, "saved-at"));
    savedAtMillis = savedAt.toEpochMilli();
    var spec = cache.spec();
    agree(in, "key-type", spec.keyType().getName());
    agree(in, "key-form", forms.keys().name());
    agree(in, "value-type", spec.valueType().getName());
    agree(in, "value-form", forms.values().name());
    agree(in, "schema-version", Integer.toString(spec.placement().schemaVersion()));
    agree(in, "order", "coldest first");
    name(in, "entries");
    require(in, in.currentToken() == JsonToken.START_ARRAY, "has no entries");
    return null;
  }

  private void agree(JsonParser in, String name, String expected) {
    var found = text(in, name);
    if (!found.equals(expected)) {
      throw at(
          in,
          "is of "
              + name
              + " "
              + found
              + "; cache '"
              + cache.spec().name()
              + "' allows "
              + expected);
    }
  }

  /** The next entry, or null at the end. */
  private @Nullable Kept<K, V> next(JsonParser in) {
    if (token(in) == JsonToken.END_ARRAY) {
      return null;
    }
    require(in, in.currentToken() == JsonToken.START_OBJECT, "has no entry where one belongs");
    name(in, layout.key);
    var key = forms.keys().read(in);
    name(in, layout.value);
    var value = forms.values().read(in);
    return new Kept<>(key, value, left(in));
  }

  private Remainder left(JsonParser in) {
    var life = Life.FOREVER;
    var limit = Life.FOREVER;
    var own = false;
    var hot = false;
    for (var name = in.nextName(); name != null; name = in.nextName()) {
      in.nextToken();
      if (name.equals(layout.life)) {
        life = in.getLongValue();
      } else if (name.equals(layout.limit)) {
        limit = in.getLongValue();
      } else if (name.equals(layout.own)) {
        own = in.getBooleanValue();
      } else if (name.equals(layout.hot)) {
        hot = in.getBooleanValue();
      } else {
        throw at(in, "has an entry with a field '" + name + "'");
      }
    }
    return new Remainder(life, limit, own, hot);
  }

  private static JsonToken token(JsonParser in) {
    var token = in.nextToken();
    return token == null ? JsonToken.NOT_AVAILABLE : token;
  }

  /** Goes to the value of the next field, which must have that name. */
  private void name(JsonParser in, String expected) {
    var found = in.nextName();
    require(in, expected.equals(found), "has " + found + " where " + expected + " belongs");
    in.nextToken();
  }

  private String text(JsonParser in, String name) {
    name(in, name);
    return in.getString();
  }

  private long number(JsonParser in, String name) {
    name(in, name);
    return in.getLongValue();
  }

  private void require(JsonParser in, boolean fine, String why) {
    if (!fine) {
      throw at(in, why);
    }
  }

  private SnapshotException at(JsonParser in, String why) {
    return file.refused(place(in), why);
  }

  private static long place(JsonParser in) {
    return Math.max(0, in.currentLocation().getByteOffset());
  }
}
