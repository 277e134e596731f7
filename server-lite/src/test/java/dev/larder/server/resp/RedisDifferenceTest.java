package dev.larder.server.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.engine.SystemClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same random commands to a redis-server and to ours; every answer must be the same, and now
 * and then everything that is stored.
 */
@EnabledIfSystemProperty(
    named = "redis.server",
    matches = ".+:\\d+",
    disabledReason =
        "needs a redis-server whose database 0 may be emptied: -Dredis.server=host:port")
class RedisDifferenceTest {
  private static final Set<String> UNORDERED = Set.of("KEYS", "SCAN");
  private static final Set<String> TIMES = Set.of("TTL", "PTTL", "EXPIRETIME", "PEXPIRETIME");

  /** How far the clocks of the two may be apart, their answers included. */
  private static final long MILLIS_APART = 3_000;

  private static final int EVERY = 500;

  private final long seed = Long.getLong("redis.seed", 5);
  private final int commands = Integer.getInteger("redis.commands", 20_000);
  private final List<String> lately = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void randomCommandsAreAnsweredAsRedisAnswersThem(String topology) throws IOException {
    var random = new RandomCommands(seed, SystemClock.instance().exact());
    try (var redis = RawClient.of(System.getProperty("redis.server", ""));
        var ours = Console.real(topology)) {
      redis.ask(bytes(List.of("FLUSHALL")));
      for (int each = 0; each < commands; each++) {
        compare(redis, ours, random.next());
        if (each % EVERY == 0) {
          compareAll(redis, ours);
        }
      }
      compareAll(redis, ours);
    }
  }

  private void compareAll(RawClient redis, Console ours) throws IOException {
    for (var key : RandomCommands.keys()) {
      compare(redis, ours, List.of("GET", key));
      compare(redis, ours, List.of("PEXPIRETIME", key));
    }
  }

  private void compare(RawClient redis, Console ours, List<String> command) throws IOException {
    lately.add(command.toString());
    if (lately.size() > 12) {
      lately.remove(0);
    }
    var expected = redis.ask(bytes(command));
    var got = ours.answer(command.toArray(String[]::new));
    var name = command.get(0).toUpperCase(Locale.ROOT);
    if (TIMES.contains(name) && expected.startsWith(":") && got.startsWith(":")) {
      var apart = name.startsWith("P") ? MILLIS_APART : MILLIS_APART / 1_000;
      assertTrue(Math.abs(number(expected) - number(got)) <= apart, () -> at(expected, got));
    } else if (name.equals("RANDOMKEY") && command.size() == 1) {
      assertEquals(expected.equals("$-1\r\n"), got.equals("$-1\r\n"), () -> at(expected, got));
    } else {
      assertEquals(form(name, expected), form(name, got), () -> at(expected, got));
    }
  }

  private String at(String expected, String got) {
    return "seed " + seed + ", after " + lately + " expected " + expected + " but got " + got;
  }

  private static long number(String answer) {
    return Long.parseLong(answer.strip().substring(1));
  }

  private static String form(String name, String answer) {
    if (!UNORDERED.contains(name)) {
      return answer;
    }
    var lines = answer.split("\r\n", -1);
    Arrays.sort(lines);
    return String.join("\r\n", lines);
  }

  private static List<byte[]> bytes(List<String> words) {
    return words.stream().map(word -> word.getBytes(ISO_8859_1)).toList();
  }
}
