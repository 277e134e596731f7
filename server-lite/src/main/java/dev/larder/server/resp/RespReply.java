package dev.larder.server.resp;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes replies in RESP2 or RESP3, for whatever session a thread works for at the moment. What is
 * short goes through one array; a long value goes as it is, without a copy, so that a thousand
 * clients that do not read the same long value hold it once.
 *
 * <p>A reply that has begun can be {@linkplain #rollback taken back}, for a command that fails
 * while it writes. Not safe for threads.
 */
final class RespReply implements Reply {
  /** From so many bytes on a value is not copied. */
  static final int LONG = 16 << 10;

  private static final int ROOM = 64 << 10;
  private static final byte[] OK = ascii("+OK\r\n");
  private static final byte[] NIL2 = ascii("$-1\r\n");
  private static final byte[] NIL_ARRAY2 = ascii("*-1\r\n");
  private static final byte[] NIL3 = ascii("_\r\n");

  private final List<byte[]> parts = new ArrayList<>();
  private byte[] room = new byte[ROOM];
  private int size;
  private int mark;
  private int markParts;
  private long copied;
  private long total;
  private long limit = Long.MAX_VALUE;
  private boolean resp3;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Writes for a session from now on, and at most so many bytes for one command. */
  void open(boolean inResp3, long mostBytes) {
    resp3 = inResp3;
    limit = mostBytes;
  }

  /** Goes on in RESP2 or RESP3. */
  void protocol(boolean inResp3) {
    resp3 = inResp3;
  }

  boolean resp3() {
    return resp3;
  }

  /** Begins the reply of a command. */
  void begin() {
    mark = size;
    markParts = parts.size();
    copied = 0;
  }

  /** Takes back what was written since {@link #begin}. */
  void rollback() {
    while (parts.size() > markParts) {
      total -= parts.remove(parts.size() - 1).length;
    }
    size = mark;
  }

  /** How many bytes were written and not {@linkplain #flush handed over}. */
  long written() {
    return total + size;
  }

  /** Hands over what was written. */
  void flush(ByteBufAllocator allocator, Outbox to) {
    for (var part : parts) {
      to.add(Unpooled.wrappedBuffer(part));
    }
    parts.clear();
    total = 0;
    if (size > 0) {
      to.add(allocator.directBuffer(size, size).writeBytes(room, 0, size));
      size = 0;
    }
    mark = 0;
    markParts = 0;
  }

  /** Makes a part of what is in the array, in two pieces where a reply has begun inside. */
  private void seal() {
    if (mark > 0) {
      part(Arrays.copyOf(room, mark));
      markParts = parts.size();
    }
    if (size > mark) {
      part(Arrays.copyOfRange(room, mark, size));
    }
    size = 0;
    mark = 0;
  }

  private void part(byte[] bytes) {
    parts.add(bytes);
    total += bytes.length;
  }

  private void need(int bytes) {
    if (room.length - size < bytes) {
      more(bytes);
    }
  }

  private void more(int bytes) {
    copied += size - mark;
    if (copied + bytes > limit) {
      throw new CommandException("ERR the reply would have more than " + limit + " bytes");
    }
    seal();
  }

  private void copy(byte[] bytes) {
    if (bytes.length >= LONG) {
      more(0);
      part(bytes);
    } else {
      need(bytes.length);
      System.arraycopy(bytes, 0, room, size, bytes.length);
      size += bytes.length;
    }
  }

  private void end() {
    room[size++] = '\r';
    room[size++] = '\n';
  }

  /** A type, a number and a line end; room for more than the longest is needed. */
  private void head(char type, long number) {
    need(24);
    room[size++] = (byte) type;
    if (number >= 0 && number < 10) {
      room[size++] = (byte) ('0' + number);
    } else {
      digits(number);
    }
    end();
  }

  private void digits(long number) {
    if (number == Long.MIN_VALUE) {
      copy(ascii(Long.toString(number)));
      return;
    }
    var left = Math.abs(number);
    var length = number < 0 ? 2 : 1;
    for (var rest = left / 10; rest > 0; rest /= 10) {
      length++;
    }
    var at = size + length;
    do {
      room[--at] = (byte) ('0' + left % 10);
      left /= 10;
    } while (left > 0);
    if (number < 0) {
      room[size] = '-';
    }
    size += length;
  }

  /** Text as it goes over the wire. */
  void raw(String text) {
    begin();
    copy(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void line(char type, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\r' || bytes[at] == '\n') {
        bytes[at] = ' ';
      }
    }
    need(1);
    room[size++] = (byte) type;
    copy(bytes);
    need(2);
    end();
  }

  @Override
  public void ok() {
    copy(OK);
  }

  @Override
  public void simple(String text) {
    line('+', text);
  }

  @Override
  public void error(String message) {
    line('-', message);
  }

  @Override
  public void integer(long value) {
    head(':', value);
  }

  @Override
  public void bulk(byte @Nullable [] bytes) {
    if (bytes == null) {
      nil();
      return;
    }
    head('$', bytes.length);
    copy(bytes);
    need(2);
    end();
  }

  @Override
  public void bulk(String text) {
    bulk(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void nil() {
    copy(resp3 ? NIL3 : NIL2);
  }

  @Override
  public void nilArray() {
    copy(resp3 ? NIL3 : NIL_ARRAY2);
  }

  @Override
  public void array(int elements) {
    head('*', elements);
  }

  @Override
  public void map(int pairs) {
    if (resp3) {
      head('%', pairs);
    } else {
      head('*', 2L * pairs);
    }
  }

  @Override
  public void set(int elements) {
    head(resp3 ? '~' : '*', elements);
  }

  /** Begins a message that answers no command; an array in RESP2. */
  void push(int elements) {
    head(resp3 ? '>' : '*', elements);
  }

  @Override
  public void bool(boolean value) {
    if (resp3) {
      line('#', value ? "t" : "f");
    } else {
      integer(value ? 1 : 0);
    }
  }

  @Override
  public void number(double value) {
    var text = text(value);
    if (resp3) {
      line(',', text);
    } else {
      bulk(text);
    }
  }

  private static String text(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  @Override
  public void verbatim(String text) {
    if (!resp3) {
      bulk(text);
      return;
    }
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    head('=', bytes.length + 4L);
    copy(ascii("txt:"));
    copy(bytes);
    need(2);
    end();
  }
}
