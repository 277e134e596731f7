package dev.larder.server.http.v1;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Events as server-sent events (WHATWG HTML, 9.2). */
final class EventText {
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

  private EventText() {}

  /** Says from where on everything will come, and to whom. */
  static void start(ByteArrayOutputStream out, String epoch, long next, String listener) {
    write(
        out,
        epoch,
        next - 1,
        "start",
        json -> {
          json.writeStringProperty("epoch", epoch);
          json.writeNumberProperty("next", next);
          json.writeStringProperty("listener", listener);
        });
  }

  /** Answers a mark: what had changed when it was asked for was told before. */
  static void mark(ByteArrayOutputStream out, String epoch, long next, long number) {
    write(
        out,
        epoch,
        next - 1,
        "mark",
        json -> {
          json.writeNumberProperty("number", number);
          json.writeNumberProperty("next", next);
        });
  }

  /** Says what is lost. */
  static void gap(ByteArrayOutputStream out, String epoch, long first, long next) {
    write(
        out,
        epoch,
        next - 1,
        "gap",
        json -> {
          json.writeNumberProperty("first", first);
          json.writeNumberProperty("next", next);
        });
  }

  /** Says that the line holds, and up to where all is known. */
  static void beat(ByteArrayOutputStream out, String epoch, long next) {
    out.writeBytes(
        ("id: " + epoch + "-" + (next - 1) + "\n: beat\n\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** An event, with the values that are wanted. */
  static void event(ByteArrayOutputStream out, String epoch, LogEvent event, EventFilter filter) {
    write(out, epoch, event.sequence(), event.type().word(), json -> data(json, event, filter));
  }

  private static void data(JsonGenerator json, LogEvent event, EventFilter filter) {
    json.writeNumberProperty("sequence", event.sequence());
    if (event.key() != null) {
      ValueText.key(Formats.JSON, json, event.key());
      json.writeNumberProperty("version", event.version());
    }
    if (event.cause() != null) {
      json.writeStringProperty("cause", event.cause().name());
    }
    if (event.operation() != 0) {
      json.writeNumberProperty("operation", event.operation());
    }
    if (filter.values() && event.after() != null) {
      ValueText.value(Formats.JSON, json, ValueText.VALUE, event.after());
    }
    if (filter.old() && event.before() != null) {
      ValueText.value(Formats.JSON, json, ValueText.OLD, event.before());
    }
    if (event.omitted() && (filter.values() || filter.old())) {
      json.writeBooleanProperty("omitted", true);
    }
  }

  private static void write(
      ByteArrayOutputStream out,
      String epoch,
      long id,
      String type,
      Consumer<JsonGenerator> members) {
    out.writeBytes(
        ("id: " + epoch + "-" + id + "\nevent: " + type + "\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(DATA);
    var text = new ByteArrayOutputStream();
    try (var json = Formats.JSON.generator(text)) {
      json.writeStartObject();
      members.accept(json);
      json.writeEndObject();
    }
    out.writeBytes(oneLine(text.toByteArray()));
    out.writeBytes(END);
  }

  /** Ends of lines in JSON stand between its parts only. */
  private static byte[] oneLine(byte[] json) {
    for (var i = 0; i < json.length; i++) {
      if (json[i] == '\n' || json[i] == '\r') {
        json[i] = ' ';
      }
    }
    return json;
  }
}
