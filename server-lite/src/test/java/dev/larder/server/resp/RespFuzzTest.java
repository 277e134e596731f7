package dev.larder.server.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Larder;
import dev.larder.engine.SystemClock;
import dev.larder.server.core.Limits;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams of the corpus, cut at random places and changed at random places, with fixed seeds. The
 * allocator of these servers counts every buffer, so one that nobody releases is seen. More rounds
 * by {@code -Dresp.fuzz.rounds}, others by {@code -Dresp.fuzz.seed}.
 */
class RespFuzzTest {
  private static final int ROUNDS = Integer.getInteger("resp.fuzz.rounds", 40);
  private static final long SEED = Long.getLong("resp.fuzz.seed", 5);
  private static final List<String> CORPUS =
      List.of("values", "inline", "transactions", "resp3", "mixed");
  private static final Limits LIMITS =
      new Limits(
          10_000,
          100_000,
          1_000,
          200_000,
          1_000,
          1 << 20,
          Duration.ZERO,
          Duration.ofSeconds(1),
          100);

  private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);

  private RespTestServer server(boolean waits) {
    var settings = Larder.builder();
    if (waits) {
      settings
          .property("caches.default.topology", "disk")
          .property("caches.default.disk.path", ":memory:");
    }
    return RespTestServer.builder()
        .settings(settings)
        .numbers(Map.of(1, "other"))
        .limits(LIMITS)
        .allocator(buffers)
        .start();
  }

  private static byte[] stream(String name) throws IOException {
    try (var in = RespFuzzTest.class.getResourceAsStream("corpus/" + name + ".resp")) {
      if (in == null) {
        throw new IOException("no corpus " + name);
      }
      return in.readAllBytes();
    }
  }

  /** What comes back for bytes sent in pieces, until the server has answered all. */
  private static String answers(RespTestServer server, List<byte[]> pieces) throws IOException {
    try (var client = server.connect()) {
      for (var piece : pieces) {
        client.send(piece);
      }
      client.shutdownOutput();
      return client.rest();
    }
  }

  private static List<byte[]> cut(byte[] bytes, Random random) {
    var pieces = new ArrayList<byte[]>();
    var longest = 1 + random.nextInt(random.nextBoolean() ? 40 : 10_000);
    for (int from = 0; from < bytes.length; ) {
      var to = Math.min(bytes.length, from + 1 + random.nextInt(longest));
      // A long value in tiny pieces takes long and finds nothing.
      to = pieces.size() > 500 ? bytes.length : to;
      pieces.add(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
    return pieces;
  }

  private static void empty(RespTestServer server) throws IOException {
    try (var client = server.connect()) {
      assertEquals("+OK\r\n", client.ask("FLUSHALL"));
    }
  }

  /** Numbers of clients differ from one connection to the next. */
  private static String comparable(String answers) {
    return answers.replaceAll("\\$2\r\nid\r\n:\\d+", "\\$2\r\nid\r\n:0");
  }

  private void checkAllReleased() {
    var metric = buffers.metric();
    var end = System.getProperty("resp.fuzz.patience", "10000");
    var patience = SystemClock.instance().ticks() + Long.parseLong(end) * 1_000_000;
    while (metric.usedDirectMemory() + metric.usedHeapMemory() > 0) {
      assertTrue(
          SystemClock.instance().ticks() < patience,
          "not released: " + metric.usedDirectMemory() + " and " + metric.usedHeapMemory());
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersAreTheSameWhereverAStreamIsCut(boolean waits) throws IOException {
    var random = new Random(SEED);
    try (var server = server(waits)) {
      for (var name : CORPUS) {
        var stream = stream(name);
        empty(server);
        var expected = comparable(answers(server, List.of(stream)));
        assertFalse(expected.isEmpty());
        for (int round = 0; round < ROUNDS; round++) {
          empty(server);
          assertEquals(
              expected,
              comparable(answers(server, cut(stream, random))),
              "seed " + SEED + ", " + name + ", round " + round);
        }
      }
    }
    checkAllReleased();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whateverIsChangedInAStreamTheServerGoesOnAndAnswersInOrder(boolean waits)
      throws IOException {
    var random = new Random(SEED + 1);
    try (var server = server(waits)) {
      for (int round = 0; round < 5 * ROUNDS; round++) {
        var bytes = new ByteArrayOutputStream();
        var expected = new StringBuilder();
        for (int each = 0; each < 5; each++) {
          bytes.writeBytes(RespTestClient.command("ECHO", "mark" + each));
          expected.append("$5\r\nmark").append(each).append("\r\n");
        }
        bytes.writeBytes(changed(stream(CORPUS.get(random.nextInt(CORPUS.size()))), random));
        var answers = answers(server, cut(bytes.toByteArray(), random));
        assertTrue(
            answers.startsWith(expected.toString()), "seed " + SEED + ", round " + round + answers);
        try (var other = server.connect()) {
          assertEquals("+PONG\r\n", other.ask("PING"));
        }
      }
    }
    checkAllReleased();
  }

  /** Some bytes changed, left out, put in or repeated. */
  private static byte[] changed(byte[] stream, Random random) {
    var text = new StringBuilder(new String(stream, ISO_8859_1));
    var changes = 1 + random.nextInt(8);
    for (int each = 0; each < changes && text.length() > 20; each++) {
      var at = random.nextInt(Math.min(text.length(), 2_000) - 10);
      switch (random.nextInt(6)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(256));
        case 1 -> text.delete(at, at + random.nextInt(10));
        case 2 -> text.insert(at, "*$\r\n:-0129 \"'".charAt(random.nextInt(12)));
        case 3 -> text.insert(at, text.substring(at, at + random.nextInt(10)));
        case 4 -> text.insert(at, random.nextInt() + "\r\n");
        default -> text.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(8)));
      }
    }
    return text.toString().getBytes(ISO_8859_1);
  }

  @Test
  void noiseIsSurvived() throws IOException {
    var random = new Random(SEED + 2);
    try (var server = server(false)) {
      for (int round = 0; round < 2 * ROUNDS; round++) {
        var noise = new byte[1 + random.nextInt(3_000)];
        random.nextBytes(noise);
        answers(server, cut(noise, random));
      }
      try (var other = server.connect()) {
        assertEquals("+PONG\r\n", other.ask("PING"));
      }
    }
    checkAllReleased();
  }
}
