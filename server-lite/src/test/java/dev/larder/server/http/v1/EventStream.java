package dev.larder.server.http.v1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events as a client does. */
final class EventStream implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /** An event; one without data has no type either. */
  record Event(String id, String type, JsonNode data) {}

  private final InputStream in;
  private final BufferedReader lines;
  private String id = "";

  EventStream(InputStream in) {
    this.in = in;
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** The next block, be it one with an id alone. */
  Event next() {
    var type = "";
    var data = new StringBuilder();
    for (var line = line(); line != null; line = line()) {
      if (line.isEmpty()) {
        return new Event(id, type, data.isEmpty() ? null : JSON.readTree(data.toString()));
      }
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        type = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data.append(line.substring(6));
      } else if (!line.startsWith(":")) {
        throw new AssertionError("no line of an event: " + line);
      }
    }
    throw new AssertionError("the stream ended");
  }

  boolean ended() {
    return line() == null;
  }

  private String line() {
    try {
      return lines.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
