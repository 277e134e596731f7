package dev.larder.server.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads answers in the Redis protocol, versions 2 and 3, without keeping them: what counts is that
 * they came, what was missing, and what an error said. Pushed messages are not asked for here, so
 * they are no case.
 */
final class RespAnswers extends ByteToMessageDecoder {
  private static final int LONGEST_LINE = 64 << 10;

  /** Elements of the answer being read that are still to come. */
  private long open;

  /** Bytes of a bulk string that are still to come, its line end included. */
  private long rest;

  private int missing;
  private String refusal = "";

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (rest > 0) {
      var skipped = (int) Math.min(rest, in.readableBytes());
      in.skipBytes(skipped);
      rest -= skipped;
    } else if (!line(in)) {
      return;
    }
    if (rest == 0 && open == 0) {
      out.add(answer());
    }
  }

  /** Reads one line, if there is a whole one. */
  private boolean line(ByteBuf in) {
    var end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
    if (end < 0) {
      if (in.readableBytes() > LONGEST_LINE) {
        throw new CorruptedFrameException("the server sent a line that does not end");
      }
      return false;
    }
    if (open > 0) {
      open--;
    }
    var type = in.readByte();
    switch (type) {
      case '+', ':', '#', ',', '(' -> {}
      case '-' -> refusal = in.toString(in.readerIndex(), text(in, end), StandardCharsets.UTF_8);
      case '_' -> missing++;
      case '$', '=' -> bulk(number(in, end));
      case '*', '~' -> open += Math.max(0, number(in, end));
      case '%' -> open += 2 * Math.max(0, number(in, end));
      default ->
          throw new CorruptedFrameException(
              "the server does not speak the Redis protocol: an answer begins with byte " + type);
    }
    in.readerIndex(end + 1);
    return true;
  }

  private void bulk(long length) {
    if (length < 0) {
      missing++;
    } else {
      rest = length + 2;
    }
  }

  private static int text(ByteBuf in, int end) {
    return Math.max(0, end - 1 - in.readerIndex());
  }

  private static long number(ByteBuf in, int end) {
    var text = in.toString(in.readerIndex(), text(in, end), StandardCharsets.US_ASCII);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new CorruptedFrameException("the server sent a length of \"" + text + "\"", e);
    }
  }

  private Answer answer() {
    if (missing == 0 && refusal.isEmpty()) {
      return Answer.DONE;
    }
    var answer = new Answer(missing, refusal);
    missing = 0;
    refusal = "";
    return answer;
  }
}
