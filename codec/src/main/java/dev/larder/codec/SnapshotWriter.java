package dev.larder.codec;

import dev.larder.CodecException;
import dev.larder.Life;
import dev.larder.SnapshotException;
import dev.larder.codec.Snapshots.Saved;
import dev.larder.spi.Inventory;
import dev.larder.spi.Kept;
import dev.larder.spi.Remainder;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;

/** Writes one cache to one file. */
final class SnapshotWriter<K, V> {
  private static final int BUFFER = 1 << 16;

  private final Inventory<K, V> cache;
  private final Layout layout;
  private final Forms<K, V> forms;
  private final Proof<K> keys;
  private final Proof<V> values;

  SnapshotWriter(Inventory<K, V> cache, Layout layout) {
    this.cache = cache;
    this.layout = layout;
    this.forms = Forms.of(cache, layout);
    this.keys = new Proof<>("key", forms.keys(), layout, true);
    this.values = new Proof<>("value", forms.values(), layout, false);
  }

  Saved save(Path file) {
    try (var replacement = new Replacement(file)) {
      var out = new Summed(new BufferedOutputStream(replacement.stream(), BUFFER));
      var count = write(out);
      out.flush();
      replacement.commit();
      return new Saved(count, out.bytes);
    } catch (IOException | JacksonException | CodecException e) {
      throw new SnapshotException(
          "the snapshot of cache '"
              + cache.spec().name()
              + "' cannot be written to "
              + file
              + ", which is as it was: "
              + (e instanceof CodecException ? e.getMessage() : e),
          e);
    }
  }

  private long write(Summed out) throws IOException {
    long count = 0;
    // Left open: closing would close what is below.
    var json = layout.mapper().createGenerator(out);
    var savedAt = cache.clock().exact();
    var entries = cache.coldestFirst();
    head(json, savedAt);
    while (entries.hasNext()) {
      entry(json, entries.next());
      count++;
    }
    json.writeEndArray();
    json.writeNumberProperty("count", count);
    json.flush();
    out.seal(layout);
    return count;
  }

  private void head(JsonGenerator json, long savedAt) {
    var spec = cache.spec();
    json.writeStartObject();
    json.writeNumberProperty(Layout.MARK, Layout.VERSION);
    json.writeStringProperty("cache", spec.name());
    json.writeStringProperty("saved-at", Instant.ofEpochMilli(savedAt).toString());
    json.writeStringProperty("key-type", spec.keyType().getName());
    json.writeStringProperty("key-form", forms.keys().name());
    json.writeStringProperty("value-type", spec.valueType().getName());
    json.writeStringProperty("value-form", forms.values().name());
    json.writeNumberProperty("schema-version", spec.placement().schemaVersion());
    json.writeStringProperty("order", "coldest first");
    json.writeArrayPropertyStart("entries");
  }

  private void entry(JsonGenerator json, Kept<K, V> entry) {
    keys.check(entry.key());
    values.check(entry.value());
    json.writeStartObject();
    json.writeName(layout.key);
    forms.keys().write(entry.key(), json);
    json.writeName(layout.value);
    forms.values().write(entry.value(), json);
    left(json, entry.left());
    json.writeEndObject();
  }

  private void left(JsonGenerator json, Remainder left) {
    if (left.life() != Life.FOREVER) {
      json.writeNumberProperty(layout.life, left.life());
    }
    if (left.limit() != Life.FOREVER) {
      json.writeNumberProperty(layout.limit, left.limit());
    }
    if (left.own()) {
      json.writeBooleanProperty(layout.own, true);
    }
    if (left.hot()) {
      json.writeBooleanProperty(layout.hot, true);
    }
  }

  /** Counts and sums what passes. */
  private static final class Summed extends FilterOutputStream {
    private final MessageDigest digest = SnapshotFile.digest();
    private long bytes;

    Summed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      digest.update((byte) value);
      bytes++;
      out.write(value);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      digest.update(from, offset, length);
      bytes += length;
      out.write(from, offset, length);
    }

    void seal(Layout layout) throws IOException {
      var trailer = layout.trailer(digest.digest());
      bytes += trailer.length;
      out.write(trailer);
    }
  }
}
