package dev.larder.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes: a configuration, or the one exception. */
final class YamlFuzzTest {
  private static final long SEED = 0x1A2DE2L;

  private static final String SAMPLE =
      """
      # a file with some of everything
      topology: disk
      disk: {path: "/data", durability: 'each-write', interval: 20ms}
      attic: {sync: {mode: 'each'}}
      near: {max-staleness: 2s}
      memory.largest-entry: 1MB
      remote.hosts: [one:1, two:2]
      defaults:
        maximum-entries: 10_000
        expire-after-write: 1h30m
        jitter: 10%
      caches:
        users: {policy: lru, maximum-bytes: 64MB}
        "session-*":
          expire-after-access: 30m
          on-failure: miss
        ? complex
        : {statistics: false}
      jcache:
        default-maximum-entries: 500
      server: {port: 8080, log-level: info}
      """;

  private static final String[] PIECES = {
    ": ",
    "- ",
    "? ",
    "\n",
    "\n  ",
    "\t",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&a ",
    "*a",
    "!x ",
    "!!int ",
    "|\n",
    ">-\n",
    "'",
    "\"",
    "\\x",
    "\\uD800",
    "\\",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "%TAG ! x\n",
    "#",
    "<<",
    "\u0000",
    "\uFEFF",
    "\u2028",
    "\u0085",
    "\uD83D\uDE00",
    "caches",
    "defaults",
    "topology",
    "disk",
    "maximum-entries",
    "5",
    "never",
    "true",
    "~",
    "@",
    "`",
    "99999999999999999999"
  };

  @Test
  void damagedFilesAreReadOrRefused() {
    for (var round = 0; round < 2_000; round++) {
      var random = new Random(SEED + round);
      var bytes = SAMPLE.getBytes(UTF_8);
      for (var damage = 1 + random.nextInt(6); damage > 0; damage--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      attempt(bytes, round);
    }
  }

  @Test
  void filesWithPiecesPutInAreReadOrRefused() {
    for (var round = 0; round < 2_000; round++) {
      var random = new Random(SEED + round);
      var text = new StringBuilder(SAMPLE);
      for (var pieces = 1 + random.nextInt(5); pieces > 0; pieces--) {
        var at = random.nextInt(text.length());
        text.replace(at, at + random.nextInt(3), PIECES[random.nextInt(PIECES.length)]);
      }
      attempt(text.toString().getBytes(UTF_8), round);
    }
  }

  @Test
  void heapsOfPiecesAreReadOrRefused() {
    for (var round = 0; round < 2_000; round++) {
      var random = new Random(SEED + round);
      var text = new StringBuilder();
      for (var pieces = random.nextInt(40); pieces > 0; pieces--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      attempt(text.toString().getBytes(UTF_8), round);
    }
  }

  @Test
  void randomBytesAreReadOrRefused() {
    for (var round = 0; round < 1_000; round++) {
      var random = new Random(SEED + round);
      var bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      attempt(bytes, round);
    }
  }

  private static void attempt(byte[] bytes, int round) {
    try {
      Reading.of(bytes).read().complete(CacheSpec.of("users").build());
    } catch (ConfigurationException refused) {
      if (!refused.getMessage().startsWith("classpath:larder.yaml:")) {
        throw new AssertionError("seed " + (SEED + round) + ": no place", refused);
      }
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError other) {
      throw new AssertionError("seed " + (SEED + round) + ": " + new String(bytes, UTF_8), other);
    }
  }
}
