package dev.larder.remote;

import dev.larder.Bounds;
import dev.larder.CacheSpec;
import dev.larder.Life;
import dev.larder.spi.Bytes;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;

/** The request that creates a cache at a server, or attaches to one that has the same settings. */
final class Opening {
  private static final CBORFactory CBOR = CBORFactory.builder().build();

  private static final String ENTRIES = "maximumEntries";
  private static final String BYTES = "maximumBytes";
  private static final String WEIGHT = "maximumWeight";

  private static final int SELDOM = 10;
  private static final Duration LEAST_CLEANUP = Duration.ofMinutes(10);

  private Opening() {}

  /**
   * The request. What the values are like is not part of it: each says its schema version, so that
   * applications of several versions can share one cache.
   */
  static Ask ask(CacheSpec<?, ?> spec, Paths paths) {
    var body = new ByteArrayOutputStream();
    try (var out = CBOR.createGenerator(ObjectWriteContext.empty(), body)) {
      out.writeStartObject();
      settings(out, spec);
      out.writeEndObject();
    }
    return new Ask(
        "PUT", paths.root(), new Bytes(body.toByteArray()), Ask.CBOR, true, Duration.ZERO);
  }

  /**
   * What was left open holds for a new cache, as far as the server's configuration leaves it so.
   */
  private static void settings(JsonGenerator out, CacheSpec<?, ?> spec) {
    bounds(out, spec, true);
    out.writeName("life");
    life(out, spec.expiry().custom() == null ? spec.expiry().life() : Life.ETERNAL);
    if (spec.chosen().contains("jitter")) {
      out.writeNumberProperty("jitter", spec.expiry().jitter());
    }
    if (spec.chosen().contains("policy")) {
      out.writeStringProperty("policy", spec.tuning().policy());
    }
    out.writeObjectPropertyStart("whenCreated");
    bounds(out, spec, false);
    // Hits and misses are counted where they are seen: here, those of a tier in front included.
    out.writeBooleanProperty("statistics", false);
    out.writeStringProperty("cleanupInterval", cleanup(spec).toMillis() + "ms");
    out.writeEndObject();
  }

  /** Those that were chosen, or the others. */
  private static void bounds(JsonGenerator out, CacheSpec<?, ?> spec, boolean chosen) {
    var bounds = spec.bounds();
    if (spec.chosen().contains("maximum-entries") == chosen) {
      out.writeNumberProperty(ENTRIES, bounds.entries());
    }
    if (spec.chosen().contains("maximum-bytes") == chosen) {
      out.writeNumberProperty(BYTES, bounds.bytes());
    }
    if (spec.chosen().contains("maximum-weight") == chosen) {
      out.writeNumberProperty(WEIGHT, bounds.weight());
    }
  }

  /**
   * Clients have the server clean up at their interval, for as long as they want to; what nobody
   * asks for any more it cleans up by itself, more seldom.
   */
  private static Duration cleanup(CacheSpec<?, ?> spec) {
    var interval = spec.tuning().cleanupInterval();
    var seldom = interval.multipliedBy(SELDOM);
    return interval.isZero() || seldom.compareTo(LEAST_CLEANUP) > 0 ? seldom : LEAST_CLEANUP;
  }

  /** The bounds as members of the object begun. */
  static void bounds(JsonGenerator out, Bounds bounds) {
    out.writeNumberProperty(ENTRIES, bounds.entries());
    out.writeNumberProperty(BYTES, bounds.bytes());
    out.writeNumberProperty(WEIGHT, bounds.weight());
  }

  private static void life(JsonGenerator out, Life life) {
    out.writeStartObject();
    millis(out, "onCreate", life.onCreate());
    millis(out, "onUpdate", life.onUpdate());
    millis(out, "onAccess", life.onAccess());
    millis(out, "limit", life.limit());
    millis(out, "staleFor", life.staleFor());
    out.writeEndObject();
  }

  private static void millis(JsonGenerator out, String name, long millis) {
    if (millis == Life.FOREVER) {
      out.writeStringProperty(name, Lives.FOREVER);
    } else {
      out.writeNumberProperty(name, millis);
    }
  }
}
