package dev.larder.server.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.larder.Larder;
import dev.larder.server.core.Access;
import dev.larder.server.core.Budget;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Limits;
import dev.larder.server.core.Telemetry;
import dev.larder.server.core.Work;
import dev.larder.testkit.VirtualClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Any bytes in any pieces, to the parser of the Redis protocol and to the commands behind it. */
class RespFuzz {
  private static final int MOST = 4_096;
  private static final Limits LIMITS =
      new Limits(256, 2_048, 100, 8_192, 64, 64 << 10, Duration.ZERO, Duration.ofSeconds(1), 100);
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final VirtualClock CLOCK = new VirtualClock();
  private static final List<Throwable> FAILURES = new ArrayList<>();
  private static final RespServer SERVER =
      new RespServer(
          new Databases(Larder.builder().clock(CLOCK), Map.of(1, "one")),
          LIMITS,
          Access.everybody(),
          new Telemetry() {
            @Override
            public void failed(Protocol protocol, String name, Throwable failure) {
              FAILURES.add(failure);
            }
          },
          new Work(LIMITS.waiting()),
          CLOCK);

  /** Nothing fails inside, and whatever one client sent, the next one is answered. */
  @FuzzTest(maxDuration = "1m")
  void anyBytesGetAnAnswerOrTheEnd(FuzzedDataProvider data) {
    var client = new EmbeddedChannel(SERVER.speaker());
    var sent = 0;
    while (client.isOpen() && data.remainingBytes() > 0 && sent < MOST) {
      var piece = data.consumeBytes(data.consumeInt(1, 256));
      sent += piece.length;
      client.writeInbound(Unpooled.wrappedBuffer(piece));
      drain(client);
    }
    client.finishAndReleaseAll();
    if (!FAILURES.isEmpty()) {
      throw new AssertionError("the server failed", FAILURES.remove(0));
    }
    var other = new EmbeddedChannel(SERVER.speaker());
    other.writeInbound(Unpooled.wrappedBuffer(PING));
    assertEquals("+PONG\r\n", drain(other));
    other.finishAndReleaseAll();
  }

  private static String drain(EmbeddedChannel channel) {
    channel.runPendingTasks();
    var text = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      text.append(out.toString(StandardCharsets.ISO_8859_1));
      out.release();
    }
    return text.toString();
  }

  /** The same bytes are the same requests, whatever the pieces they come in. */
  @FuzzTest(maxDuration = "1m")
  void requestsDoNotDependOnThePiecesTheyComeIn(FuzzedDataProvider data) {
    var piece = data.consumeInt(1, 64);
    var bytes = data.consumeBytes(MOST);
    assertEquals(read(bytes, MOST), read(bytes, piece));
  }

  /** What is read of bytes that come in pieces of that size: requests, and what stops them. */
  private static List<String> read(byte[] bytes, int piece) {
    var intake = new Intake(SERVER.commands(), LIMITS, Budget.ofHeap());
    var room = new byte[MOST];
    var read = new ArrayList<String>();
    try {
      for (var from = 0; from < bytes.length; from += piece) {
        var some = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
        intake.take(Unpooled.wrappedBuffer(some), room);
        intake.begin();
        for (var request = intake.next(); request != null; request = intake.next()) {
          var parts = new StringBuilder();
          for (var part = 0; part < request.size(); part++) {
            parts.append(Arrays.toString(request.part(part)));
          }
          read.add(parts.toString());
        }
        intake.keep();
      }
    } catch (ProtocolException e) {
      read.add(String.valueOf(e.getMessage()));
    }
    return read;
  }
}
