package dev.larder.disk;

import dev.larder.disk.Table.Changes;
import dev.larder.disk.Table.Totals;
import dev.larder.spi.Bytes;
import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Rows and changes, shortly. */
final class Rows {
  private Rows() {}

  static Bytes key(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  static Payload value(String text) {
    return new Payload(text.getBytes(StandardCharsets.UTF_8), Meta.NONE);
  }

  static Row row(long id, String key, String value) {
    return row(id, key, value, id, id, Long.MAX_VALUE);
  }

  static Row row(long id, String key, String value, long version, long accessedAt, long deadline) {
    return new Row(
        id,
        key(key),
        version,
        1_000,
        accessedAt,
        deadline,
        false,
        1,
        value.length(),
        0,
        value(value));
  }

  static Row bare(Row row) {
    return new Row(
        row.id(),
        row.key(),
        row.version(),
        row.writtenAt(),
        row.accessedAt(),
        row.deadline(),
        row.own(),
        row.weight(),
        row.size(),
        row.schema(),
        null);
  }

  static Changes written(Totals after, Row... rows) {
    return new Changes(false, Arrays.asList(rows), List.of(), List.of(), after);
  }

  static Changes removed(Totals after, Row... rows) {
    return new Changes(false, List.of(), Arrays.asList(rows), List.of(), after);
  }

  static Totals totals(long sequence, long entries) {
    return new Totals(sequence, entries, entries, entries);
  }

  static String text(Row row) {
    var payload = row.payload();
    return payload == null ? "" : new String(payload.array(), StandardCharsets.UTF_8);
  }

  static List<String> keys(List<Row> rows) {
    return rows.stream().map(row -> text(row.key())).toList();
  }

  static String text(Bytes key) {
    return new String(key.array(), StandardCharsets.UTF_8);
  }
}
