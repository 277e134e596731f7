package dev.larder.server.resp;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Random data commands, many of them wrong in some way, on few keys. No entry ends while a test
 * runs: what lives a while lives long, and differently long each time, so that which of two
 * deadlines is later does not hang on a millisecond.
 */
final class RandomCommands {
  private static final String[] WORDS = {
    "0",
    "1",
    "-1",
    "7",
    "10",
    "100",
    "-25",
    "3.25",
    "-0.5",
    "1e3",
    "0.1",
    "1e-17",
    "123456789.123",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775806",
    "9223372036854775808",
    "99999999999999999999999",
    "1e30",
    "1e400",
    "inf",
    "nan",
    "0x1f",
    "01",
    "+5",
    " 5",
    "5 ",
    "",
    "a",
    "hello",
    "Hello World",
    "\u0000\u0001\u00ff",
    "\u00e9",
    "x".repeat(44),
    "y".repeat(45),
    "[a-z]*"
  };
  private static final String[] PATTERNS = {
    "*",
    "k*",
    "?",
    "??",
    "k[0-4]",
    "k[^0-4]",
    "k?",
    "*1",
    "[k-k]*",
    "k\\1",
    "[",
    "k[",
    "",
    "**",
    "*k*",
    "\u00ff*",
    "[\u0001-\u00ff]*",
    "k[9-0]"
  };
  private static final String[] KEYS = {
    "k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9", "", "\u00ff\u0000\r\n", "other"
  };
  private static final String[] RANGES = {
    "0",
    "1",
    "2",
    "5",
    "10",
    "-1",
    "-2",
    "-5",
    "-10",
    "100",
    "-100",
    "9223372036854775807",
    "-9223372036854775808",
    "a"
  };

  private final SplittableRandom random;
  private final long epochMillis;
  private final List<Supplier<List<String>>> kinds = new ArrayList<>();

  /**
   * Commands that follow from the seed.
   *
   * @param epochMillis about now, for deadlines
   */
  RandomCommands(long seed, long epochMillis) {
    this.random = new SplittableRandom(seed);
    this.epochMillis = epochMillis;
    addValues();
    addParts();
    addKeys();
    addLives();
  }

  private void addValues() {
    for (int share = 0; share < 4; share++) {
      kinds.add(() -> with(List.of("SET", key(), value()), this::setWord, 4));
      kinds.add(() -> List.of("GET", key()));
      kinds.add(() -> List.of("SET", key(), value()));
    }
    kinds.add(() -> List.of("SETNX", key(), value()));
    kinds.add(() -> List.of("GETSET", key(), value()));
    kinds.add(() -> List.of("GETDEL", key()));
    kinds.add(() -> with(List.of("GETEX", key()), this::getExWord, 3));
    kinds.add(() -> List.of("SETEX", key(), figure(1_000), value()));
    kinds.add(() -> List.of("PSETEX", key(), figure(1), value()));
    kinds.add(() -> with(List.of("MGET"), () -> List.of(key()), 5));
    kinds.add(() -> with(List.of("MSET"), () -> List.of(key(), value()), 3));
    kinds.add(() -> with(List.of("MSETNX"), () -> List.of(key(), value()), 2));
    kinds.add(() -> List.of("MSET", key(), value(), key()));
  }

  private void addParts() {
    kinds.add(() -> List.of("APPEND", key(), value()));
    kinds.add(() -> List.of("STRLEN", key()));
    kinds.add(() -> List.of("GETRANGE", key(), any(RANGES), any(RANGES)));
    kinds.add(() -> List.of("SUBSTR", key(), any(RANGES), any(RANGES)));
    kinds.add(() -> List.of("SETRANGE", key(), any(RANGES), value()));
    kinds.add(() -> List.of(any("INCR", "DECR"), key()));
    kinds.add(() -> List.of(any("INCR", "DECR"), key()));
    kinds.add(() -> List.of(any("INCRBY", "DECRBY"), key(), value()));
    kinds.add(() -> List.of(any("INCRBY", "DECRBY"), key(), Integer.toString(random.nextInt(50))));
    kinds.add(() -> List.of("INCRBYFLOAT", key(), value()));
    kinds.add(() -> List.of("INCRBYFLOAT", key(), decimal()));
  }

  private void addKeys() {
    kinds.add(() -> with(List.of(any("DEL", "UNLINK")), () -> List.of(key()), 3));
    kinds.add(() -> with(List.of(any("EXISTS", "TOUCH")), () -> List.of(key()), 4));
    kinds.add(() -> List.of("TYPE", key()));
    kinds.add(() -> List.of(any("RENAME", "RENAMENX"), key(), key()));
    kinds.add(
        () -> with(List.of("COPY", key(), key()), () -> List.of(any("REPLACE", "DB", "0")), 2));
    kinds.add(() -> List.of("KEYS", any(PATTERNS)));
    kinds.add(() -> with(List.of("SCAN", "0", "COUNT", "1000"), this::scanWord, 2));
    kinds.add(
        () ->
            with(
                List.of("SCAN", any("0 ", "a", "1.5", "-", "99999999999999999999")),
                this::scanWord,
                1));
    kinds.add(() -> List.of("RANDOMKEY"));
    kinds.add(() -> List.of(any("GET", "SET", "TTL", "MGET", "EXPIRE", "RENAME")));
  }

  private void addLives() {
    for (int share = 0; share < 2; share++) {
      kinds.add(() -> expire("EXPIRE", figure(1_000)));
      kinds.add(() -> expire("PEXPIRE", figure(1)));
      kinds.add(() -> expire("EXPIREAT", instant(1_000)));
      kinds.add(() -> expire("PEXPIREAT", instant(1)));
      kinds.add(() -> List.of(any("TTL", "PTTL", "EXPIRETIME", "PEXPIRETIME"), key()));
    }
    kinds.add(() -> List.of("PERSIST", key()));
  }

  private List<String> expire(String name, String figure) {
    return with(List.of(name, key(), figure), () -> List.of(any("NX", "XX", "GT", "LT")), 2);
  }

  /** The next one. */
  List<String> next() {
    return kinds.get(random.nextInt(kinds.size())).get();
  }

  /** All keys in use. */
  static List<String> keys() {
    return List.of(KEYS);
  }

  private List<String> with(List<String> begin, Supplier<List<String>> more, int most) {
    var words = new ArrayList<>(begin);
    int count = random.nextInt(most + 1);
    for (int each = 0; each < count; each++) {
      words.addAll(more.get());
    }
    return words;
  }

  private String any(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String key() {
    return any(KEYS);
  }

  private String value() {
    return random.nextInt(3) == 0 ? Integer.toString(random.nextInt(2_000) - 1_000) : any(WORDS);
  }

  private String decimal() {
    var whole = Integer.toString(random.nextInt(2_000_000) - 1_000_000);
    var exponent = random.nextInt(4) == 0 ? "e" + (random.nextInt(60) - 30) : "";
    return whole + "." + random.nextInt(1_000_000) + exponent;
  }

  /** A life, long if it is one, in units of so many milliseconds. */
  private String figure(int unit) {
    return random.nextInt(6) == 0
        ? any("0", "-1", "a", "", "9223372036854775807", "-9223372036854775808", "1.5")
        : Long.toString((10_000_000L + random.nextInt(2_000_000_000)) / unit);
  }

  private String instant(int unit) {
    return random.nextInt(6) == 0
        ? any("0", "1", "-1", "a", "9223372036854775808", "-9223372036854775808")
        : Long.toString((epochMillis + 10_000_000L + random.nextInt(2_000_000_000)) / unit);
  }

  private List<String> setWord() {
    return random.nextInt(3) == 0
        ? List.of(any("NX", "XX", "GET", "KEEPTTL", "nx", "PERSIST", "FOO", "EX"))
        : random.nextInt(2) == 0 ? List.of(any("NX", "XX", "GET", "KEEPTTL", "get")) : life();
  }

  private List<String> getExWord() {
    return random.nextInt(3) == 0 ? List.of(any("PERSIST", "KEEPTTL", "EX")) : life();
  }

  private List<String> life() {
    return switch (random.nextInt(4)) {
      case 0 -> List.of("EX", figure(1_000));
      case 1 -> List.of("PX", figure(1));
      case 2 -> List.of("EXAT", instant(1_000));
      default -> List.of("PXAT", instant(1));
    };
  }

  private List<String> scanWord() {
    return switch (random.nextInt(4)) {
      case 0 -> List.of("MATCH", any(PATTERNS));
      case 1 -> List.of("TYPE", any("string", "STRING", "hash", "foo"));
      case 2 -> List.of("COUNT", any("1000", "0", "-1", "a", "5000"));
      default -> List.of(any("FOO", "MATCH", "COUNT"));
    };
  }
}
