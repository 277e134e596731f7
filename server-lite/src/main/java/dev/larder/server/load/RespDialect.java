package dev.larder.server.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelPipeline;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The Redis protocol: GET, SET, DEL, MGET, MSET. */
final class RespDialect implements Dialect {
  private final String prefix;
  private final byte[] value;
  private final @Nullable String password;

  RespDialect(Plan.Data data, @Nullable String password) {
    this.prefix = data.prefix();
    this.value = Values.bytes(data.bytes());
    this.password = password;
  }

  @Override
  public void get(ByteBuf out, int key) {
    ascii(out, "*2\r\n$3\r\nGET\r\n");
    key(out, key);
  }

  @Override
  public void set(ByteBuf out, int key) {
    ascii(out, "*3\r\n$3\r\nSET\r\n");
    key(out, key);
    bulk(out, value);
  }

  @Override
  public void remove(ByteBuf out, int key) {
    ascii(out, "*2\r\n$3\r\nDEL\r\n");
    key(out, key);
  }

  @Override
  public void getAll(ByteBuf out, int[] keys) {
    ascii(out, "*" + (keys.length + 1) + "\r\n$4\r\nMGET\r\n");
    for (var key : keys) {
      key(out, key);
    }
  }

  @Override
  public void setAll(ByteBuf out, int[] keys) {
    ascii(out, "*" + (2 * keys.length + 1) + "\r\n$4\r\nMSET\r\n");
    for (var key : keys) {
      key(out, key);
      bulk(out, value);
    }
  }

  @Override
  public boolean greet(ByteBuf out) {
    if (password == null) {
      return false;
    }
    ascii(out, "*2\r\n$4\r\nAUTH\r\n");
    bulk(out, password.getBytes(StandardCharsets.UTF_8));
    return true;
  }

  @Override
  public void answers(ChannelPipeline pipeline) {
    pipeline.addLast(new RespAnswers());
  }

  private void key(ByteBuf out, int key) {
    var digits = Integer.toString(key);
    ascii(out, "$" + (prefix.length() + digits.length()) + "\r\n");
    ascii(out, prefix);
    ascii(out, digits);
    ascii(out, "\r\n");
  }

  private static void bulk(ByteBuf out, byte[] bytes) {
    ascii(out, "$" + bytes.length + "\r\n");
    out.writeBytes(bytes);
    ascii(out, "\r\n");
  }

  private static void ascii(ByteBuf out, String text) {
    ByteBufUtil.writeAscii(out, text);
  }
}
