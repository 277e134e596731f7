package dev.larder.server.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.server.core.Database;
import dev.larder.server.core.Limits;
import dev.larder.testkit.VirtualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;

/**
 * A connection to a server of its own, mostly by a clock that stands still. A command is its words
 * between blanks; an answer is shown as redis-cli does, errors with a minus in front.
 */
final class Console implements AutoCloseable {
  private final RespTestServer server;
  private final RawClient client;
  private final VirtualClock clock;

  private Console(LarderBuilder settings, VirtualClock clock, Limits limits) throws IOException {
    this.server = RespTestServer.builder().settings(settings).limits(limits).start();
    this.client =
        new RawClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    this.clock = clock;
  }

  /** Over a store of that name. */
  static Console on(String topology) throws IOException {
    return on(topology, Limits.DEFAULT);
  }

  /** The same with such limits for keys and values, and batches of 60. */
  static Console small(String topology, int keyBytes, int valueBytes) throws IOException {
    var wait = Duration.ofSeconds(10);
    return on(
        topology,
        new Limits(keyBytes, valueBytes, 10, 100_000, 60, 100_000, Duration.ZERO, wait, 10));
  }

  private static Console on(String topology, Limits limits) throws IOException {
    var clock = new VirtualClock();
    return new Console(stored(topology).clock(clock), clock, limits);
  }

  private static LarderBuilder stored(String topology) {
    var settings = Larder.builder().property("topology", topology);
    return topology.equals("disk") ? settings.property("disk.path", ":memory:") : settings;
  }

  /** Of caches with a setting. */
  static Console with(String path, String value) throws IOException {
    var clock = new VirtualClock();
    return new Console(Larder.builder().clock(clock).property(path, value), clock, Limits.DEFAULT);
  }

  /** By the real clock, which is not the one of {@link #advance}. */
  static Console real(String topology) throws IOException {
    return new Console(stored(topology), new VirtualClock(), Limits.DEFAULT);
  }

  void advance(Duration step) {
    clock.advance(step);
  }

  /** The database behind it. */
  Database database() {
    return server.databases().first();
  }

  /** Runs the words of a line. */
  String run(String line) throws IOException {
    return Shown.of(answer(RawClient.words(line.split(" ")).toArray(byte[][]::new)));
  }

  /** Runs several lines, and shows their answers with commas between. */
  String runAll(String... lines) throws IOException {
    var answers = new StringBuilder();
    for (var line : lines) {
      answers.append(answers.isEmpty() ? "" : ", ").append(run(line));
    }
    return answers.toString();
  }

  /** Runs a command and gives its answer as it came, one character a byte. */
  String answer(byte[]... words) throws IOException {
    return client.ask(Arrays.asList(words));
  }

  /** The same for words. */
  String answer(String... words) throws IOException {
    return answer(
        Arrays.stream(words).map(word -> word.getBytes(ISO_8859_1)).toArray(byte[][]::new));
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
  }
}
