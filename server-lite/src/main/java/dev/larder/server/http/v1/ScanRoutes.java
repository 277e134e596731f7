package dev.larder.server.http.v1;

import dev.larder.Entry;
import dev.larder.Life;
import dev.larder.server.core.Database;
import dev.larder.server.core.Glob;
import dev.larder.server.http.Exchange;
import dev.larder.server.http.Route;
import dev.larder.spi.Bytes;
import dev.larder.spi.Cursor;
import dev.larder.spi.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** All entries of a cache, part by part. */
final class ScanRoutes {
  private static final int USUAL = 100;

  /** So many entries are given, and so many passed by, for one request at most. */
  private static final int MOST = 10_000;

  /** A part of the store; a part with many values ends soon after so many bytes. */
  private static final int PART = 256;

  private static final Pattern CURSOR = Pattern.compile("(-?[0-9a-z]{1,14})-([0-9a-z]{1,7})");

  private final Desks desks;
  private final long mostBytes;

  ScanRoutes(Desks desks, long mostBytes) {
    this.desks = desks;
    this.mostBytes = mostBytes;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/caches/{cache}/entries", "scanEntries", this::scan)
            .on(this::database));
  }

  private Database database(Exchange exchange) {
    return desks.database(exchange);
  }

  /** What was asked for, and what was found. */
  private static final class Walk {
    private final @Nullable Glob pattern;
    private final boolean values;
    private final int limit;
    private final List<Entry<Bytes, Payload>> found = new ArrayList<>();
    private @Nullable Cursor at;
    private int passed;
    private long bytes;

    Walk(@Nullable Glob pattern, boolean values, int limit, Cursor from) {
      this.pattern = pattern;
      this.values = values;
      this.limit = limit;
      this.at = from;
    }

    void add(List<Entry<Bytes, Payload>> entries) {
      passed += Math.max(1, entries.size());
      for (var entry : entries) {
        if (pattern == null || pattern.matches(entry.key().array())) {
          found.add(entry);
          bytes += entry.key().array().length + (values ? entry.value().array().length : 0);
        }
      }
    }

    boolean more(long mostBytes) {
      return at != null && found.size() < limit && passed < MOST && bytes < mostBytes;
    }
  }

  private void scan(Exchange exchange) {
    var database = exchange.database();
    var walk =
        new Walk(
            exchange.query("pattern").map(ScanRoutes::glob).orElse(null),
            Params.flag(exchange, "values"),
            Params.number(exchange, "limit", USUAL, 1, MOST),
            exchange.query("cursor").map(ScanRoutes::cursor).orElse(Cursor.START));
    while (walk.at != null && walk.more(mostBytes)) {
      var page = database.scan(walk.at, Math.min(PART, walk.limit - walk.found.size()));
      walk.add(page.entries());
      walk.at = page.next();
    }
    var format = Formats.ofAnswer(exchange, Formats.JSON);
    exchange.answer(200, format.type(), body(format, walk, database.clock().now()));
  }

  private static Glob glob(String text) {
    try {
      return Glob.of(text.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw Refusals.parameter("pattern", text, "a pattern of up to " + Glob.LONGEST + " bytes");
    }
  }

  private static Cursor cursor(String text) {
    var parts = CURSOR.matcher(text);
    if (parts.matches()) {
      try {
        var cursor = new Cursor(Long.parseLong(parts.group(1), Character.MAX_RADIX));
        if (text(cursor).equals(text)) {
          return cursor;
        }
      } catch (NumberFormatException e) {
        // as any other text that is none
      }
    }
    throw Refusals.parameter("cursor", text, "what the answer before gave, or none to begin");
  }

  /** With a checksum: a damaged cursor must not look like one near the end. */
  private static String text(Cursor cursor) {
    var check = new CRC32();
    check.update(ByteBuffer.allocate(Long.BYTES).putLong(cursor.position()).flip());
    return Long.toString(cursor.position(), Character.MAX_RADIX)
        + "-"
        + Long.toString(check.getValue(), Character.MAX_RADIX);
  }

  private static byte[] body(Formats format, Walk walk, long now) {
    var bytes = new ByteArrayOutputStream();
    try (var out = format.generator(bytes)) {
      out.writeStartObject();
      out.writeName("entries");
      out.writeStartArray();
      for (var entry : walk.found) {
        write(format, out, entry, walk.values, now);
      }
      out.writeEndArray();
      if (walk.at != null) {
        out.writeStringProperty("cursor", text(walk.at));
      }
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(
      Formats format, JsonGenerator out, Entry<Bytes, Payload> entry, boolean values, long now) {
    out.writeStartObject();
    ValueText.key(format, out, entry.key());
    out.writeNumberProperty("version", entry.version());
    if (entry.deadline() != Life.FOREVER) {
      out.writeNumberProperty("ttl", Math.max(0, entry.deadline() - now));
    }
    if (values) {
      ValueText.value(format, out, ValueText.VALUE, entry.value());
    }
    out.writeEndObject();
  }
}
