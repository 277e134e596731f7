package dev.larder.server.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1: the short paths, single values as raw bytes, batches as JSON. */
final class HttpDialect implements Dialect {
  private final String prefix;
  private final String headers;
  private final String text;
  private final byte[] value;
  private final boolean mayMiss;

  /**
   * Requests to a server.
   *
   * @param authorization the value of the header of that name, null for none
   * @param mayMiss whether single entries are asked for that may not be there
   */
  HttpDialect(Plan.Data data, Target target, @Nullable String authorization, boolean mayMiss) {
    this.mayMiss = mayMiss;
    var host = target.host();
    this.prefix = data.prefix();
    this.value = Values.bytes(data.bytes());
    this.text = new String(value, StandardCharsets.US_ASCII);
    var named = host.contains(":") ? "[" + host + "]" : host;
    this.headers =
        " HTTP/1.1\r\nHost: "
            + named
            + ":"
            + target.port()
            + (authorization == null ? "" : "\r\nAuthorization: " + authorization)
            + "\r\n";
  }

  /** The header that a password becomes. */
  static @Nullable String basic(@Nullable String password) {
    return password == null
        ? null
        : "Basic "
            + Base64.getEncoder()
                .encodeToString(("default:" + password).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void get(ByteBuf out, int key) {
    request(out, "GET", key);
    ascii(out, "\r\n");
  }

  @Override
  public void set(ByteBuf out, int key) {
    request(out, "PUT", key);
    ascii(out, "Content-Type: application/octet-stream\r\nContent-Length: ");
    ascii(out, Integer.toString(value.length));
    ascii(out, "\r\n\r\n");
    out.writeBytes(value);
  }

  @Override
  public void remove(ByteBuf out, int key) {
    request(out, "DELETE", key);
    ascii(out, "\r\n");
  }

  @Override
  public void getAll(ByteBuf out, int[] keys) {
    var json = new StringBuilder("{\"keys\":[");
    for (var at = 0; at < keys.length; at++) {
      json.append(at == 0 ? "\"" : ",\"").append(prefix).append(keys[at]).append('"');
    }
    batch(out, "/cache/batch/get", json.append("]}"));
  }

  @Override
  public void setAll(ByteBuf out, int[] keys) {
    var json = new StringBuilder(keys.length * (value.length + prefix.length() + 16));
    json.append("{\"items\":{");
    for (var at = 0; at < keys.length; at++) {
      json.append(at == 0 ? "\"" : ",\"").append(prefix).append(keys[at]).append("\":\"");
      json.append(text).append('"');
    }
    batch(out, "/cache/batch/set", json.append("}}"));
  }

  @Override
  public boolean greet(ByteBuf out) {
    return false;
  }

  @Override
  public void answers(ChannelPipeline pipeline) {
    pipeline.addLast(new HttpResponseDecoder(), new HttpAnswers(mayMiss));
  }

  private void batch(ByteBuf out, String path, StringBuilder json) {
    ascii(out, "POST ");
    ascii(out, path);
    ascii(out, headers);
    ascii(out, "Content-Type: application/json\r\nContent-Length: ");
    ascii(out, Integer.toString(json.length()));
    ascii(out, "\r\n\r\n");
    ascii(out, json);
  }

  private void request(ByteBuf out, String method, int key) {
    ascii(out, method);
    ascii(out, " /cache/");
    ascii(out, prefix);
    ascii(out, Integer.toString(key));
    ascii(out, headers);
  }

  private static void ascii(ByteBuf out, CharSequence text) {
    ByteBufUtil.writeAscii(out, text);
  }
}
