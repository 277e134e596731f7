package dev.larder.server.http.v1;

import dev.larder.Life;
import dev.larder.spi.Payload;
import dev.larder.spi.Stored;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/** Writes the results of a batch. */
final class BatchWriter {
  private static final SerializableString RESULTS = new SerializedString("results");
  private static final SerializableString STATUS = new SerializedString("status");
  private static final SerializableString VERSION = new SerializedString("version");
  private static final SerializableString TTL = new SerializedString("ttl");
  private static final SerializableString PREVIOUS = new SerializedString("previous");
  private static final SerializableString TOKEN = new SerializedString("token");
  private static final SerializableString NUMBER = new SerializedString("number");
  private static final SerializableString LEFT = new SerializedString("left");
  private static final SerializableString LOADING = new SerializedString("loading");
  private static final SerializableString MISSING = new SerializedString("missing");
  private static final SerializableString ERROR = new SerializedString("error");
  private static final SerializableString UNKNOWN = new SerializedString("unknown");

  private final Formats format;
  private final JsonGenerator out;
  private final long now;

  private BatchWriter(Formats format, JsonGenerator out, long now) {
    this.format = format;
    this.out = out;
    this.now = now;
  }

  /** The body of the answer. */
  static byte[] body(Formats format, List<Answer> answers, long now, int size) {
    var bytes = new ByteArrayOutputStream(size);
    try (var out = format.generator(bytes)) {
      var writer = new BatchWriter(format, out, now);
      out.writeStartObject();
      out.writeName(RESULTS);
      out.writeStartArray();
      for (var answer : answers) {
        writer.write(answer);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** Writes one result. */
  static void one(Formats format, JsonGenerator out, Answer answer, long now) {
    new BatchWriter(format, out, now).write(answer);
  }

  private void write(Answer answer) {
    out.writeStartObject();
    out.writeName(STATUS);
    out.writeNumber(answer.status());
    if (answer.version() != Answer.NONE) {
      out.writeName(VERSION);
      out.writeNumber(answer.version());
    }
    ttl(answer.deadline());
    var entry = answer.entry();
    var value = entry == null ? null : entry.value();
    if (value != null) {
      ValueText.value(format, out, ValueText.VALUE, value);
    } else {
      rest(answer);
    }
    if (answer.token() != 0) {
      number(TOKEN, answer.token());
    }
    out.writeEndObject();
  }

  private void ttl(long deadline) {
    if (deadline != Life.FOREVER) {
      number(TTL, Math.max(0, deadline - now));
    }
  }

  private void number(SerializableString name, long number) {
    out.writeName(name);
    out.writeNumber(number);
  }

  private void rest(Answer answer) {
    if (answer.missing() != null) {
      out.writeName(MISSING);
      out.writeString(answer.missing().name());
    }
    if (answer.number() != null) {
      number(NUMBER, answer.number());
    }
    if (answer.status() == Answer.LEASED) {
      number(LEFT, answer.left());
    }
    if (answer.status() == Answer.NOT_FOUND && answer.left() != 0) {
      number(LOADING, answer.left());
    }
    if (answer.error() != null) {
      out.writeName(ERROR);
      out.writeString(answer.error());
    }
    if (answer.unknown()) {
      out.writeName(UNKNOWN);
      out.writeBoolean(true);
    }
    previous(answer.previous());
  }

  private void previous(@Nullable Stored<Payload> before) {
    var value = before == null ? null : before.value();
    if (before == null || value == null) {
      return;
    }
    out.writeName(PREVIOUS);
    out.writeStartObject();
    number(VERSION, before.version());
    ttl(before.deadline());
    ValueText.value(format, out, ValueText.VALUE, value);
    out.writeEndObject();
  }
}
