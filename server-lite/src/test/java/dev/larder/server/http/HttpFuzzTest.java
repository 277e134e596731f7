package dev.larder.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with bytes changed, dropped, doubled and cut at random; a failure names its seed. */
class HttpFuzzTest {
  private static final int ROUNDS = 150;
  private static final String JSON = "\r\ncontent-type: application/json\r\ncontent-length: ";
  private static final List<String> CORPUS =
      List.of(
          "GET /cache/k HTTP/1.1\r\nhost: x\r\naccept: */*\r\n\r\n",
          "PUT /cache/%6b%00?ttl=60&x=%20+ HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nvalue",
          "PUT /cache/k HTTP/1.1" + JSON + "9\r\n\r\n{\"a\":[1]}",
          "POST /cache/batch/set HTTP/1.1"
              + JSON
              + "31\r\n\r\n{\"items\":{\"a\":1,\"b\":{}},\"ttl\":9}",
          "POST /cache/batch/get HTTP/1.1" + JSON + "18\r\n\r\n{\"keys\":[\"a\",\"b\"]}",
          "PUT /cache/c HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nt: r\r\n\r\n",
          "GET /admin/keys?pattern=[a-z]*&limit=3 HTTP/1.1\r\n\r\n",
          "DELETE /cache?confirm=true HTTP/1.1\r\nexpect: 100-continue\r\n\r\n",
          "GET /health HTTP/1.0\r\nconnection: keep-alive\r\n\r\n",
          "GET / HTTP/1.1\r\nconnection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABk\r\n\r\n",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");

  private final HttpTestServer server = HttpTestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13})
  void whateverComesIsAnsweredOrCutAndTheServerGoesOn(long seed) throws IOException {
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      var request = mutated(random);
      try (var connection = new RawConnection(server.port())) {
        connection.socket().setSoTimeout(20_000);
        connection.send(request).shutdownOutput();
        while (!connection.closed()) {
          // Whatever the answer is.
        }
      } catch (SocketTimeoutException e) {
        throw new AssertionError("seed " + seed + ", round " + round + ": no end", e);
      } catch (IOException e) {
        // Cut while it was sent, which is an answer too.
      }
      assertEquals(List.of(), server.failures(), "seed " + seed + ", round " + round);
    }
    try (var connection = new RawConnection(server.port())) {
      assertEquals(200, connection.send("GET /health/live HTTP/1.1\r\n\r\n").answer().status());
    }
    assertTrue(server.databases().first().size() < 10_000);
  }

  private static byte[] mutated(Random random) {
    var bytes = pick(random);
    for (int change = random.nextInt(6); change > 0 && bytes.length > 0; change--) {
      var at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> bytes = joined(bytes, pick(random));
        default ->
            bytes =
                joined(
                    Arrays.copyOf(bytes, at),
                    Arrays.copyOfRange(
                        bytes, Math.min(at + 1 + random.nextInt(4), bytes.length), bytes.length));
      }
    }
    return bytes;
  }

  private static byte[] pick(Random random) {
    return CORPUS.get(random.nextInt(CORPUS.size())).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] joined(byte[] one, byte[] other) {
    var both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
