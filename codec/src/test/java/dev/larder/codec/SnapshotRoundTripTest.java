package dev.larder.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.Cache;
import dev.larder.codec.Snapshots.Format;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random keys and values of every kind come back equal from both formats. */
class SnapshotRoundTripTest {
  record Thing(
      BigDecimal exact,
      BigInteger big,
      double rough,
      Instant at,
      List<String> list,
      Map<String, Long> more)
      implements Serializable {}

  private static final long SEED = Long.getLong("larder.test.seed", 20261121L);
  private static final int ENTRIES = 300;

  private final Caches caches = new Caches();
  private final Random random = new Random(SEED);
  @TempDir private Path folder;

  @AfterEach
  void close() {
    caches.close();
  }

  @ParameterizedTest
  @EnumSource
  void everySimpleType(Format format) {
    roundTrip(String.class, each -> text(), format, "");
    roundTrip(Long.class, each -> random.nextLong(), format, "");
    roundTrip(Integer.class, each -> random.nextInt(), format, "");
    roundTrip(Short.class, each -> (short) random.nextInt(), format, "");
    roundTrip(Byte.class, each -> (byte) random.nextInt(), format, "");
    roundTrip(Double.class, each -> odd(), format, "");
    roundTrip(Float.class, each -> Float.intBitsToFloat(random.nextInt()), format, "");
    roundTrip(Boolean.class, each -> random.nextBoolean(), format, "");
    roundTrip(Character.class, each -> (char) random.nextInt(), format, "");
    roundTrip(UUID.class, each -> new UUID(random.nextLong(), random.nextLong()), format, "");
  }

  @ParameterizedTest
  @EnumSource
  void typesOfAllKindsWhereNoneIsDeclared(Format format) {
    roundTrip(Object.class, each -> anything(), format, "");
    roundTrip(
        Object.class,
        each -> random.nextBoolean() ? anything() : List.of(anything(), thing()),
        format,
        "java");
  }

  @ParameterizedTest
  @EnumSource
  void recordsByEveryCodec(Format format) {
    roundTrip(Thing.class, each -> thing(), format, "");
    roundTrip(Thing.class, each -> thing(), format, "json");
    roundTrip(Thing.class, each -> thing(), format, "cbor");
    roundTrip(Thing.class, each -> thing(), format, "java");
  }

  @ParameterizedTest
  @EnumSource
  void byteArrays(Format format) {
    var cache = caches.of(String.class, byte[].class);
    var bytes = new byte[1_000_000];
    random.nextBytes(bytes);
    cache.put("many", bytes);
    cache.put("none", new byte[0]);
    var file = folder.resolve("bytes");
    Snapshots.save(cache, file, format);
    var restored = caches.of(String.class, byte[].class);
    Snapshots.restore(restored, file);
    assertArrayEquals(bytes, restored.get("many"));
    assertArrayEquals(new byte[0], restored.get("none"));
  }

  private <T> void roundTrip(
      Class<T> type, Function<Integer, T> make, Format format, String codec) {
    var asKeys = cache(type, codec);
    for (int each = 0; each < ENTRIES; each++) {
      if (random.nextInt(3) == 0) {
        asKeys.put(make.apply(each), make.apply(each), Duration.ofMillis(1 + random.nextInt(999)));
      } else {
        asKeys.put(make.apply(each), make.apply(each));
      }
    }
    caches.pass(Duration.ofMillis(random.nextInt(500)));
    var file = folder.resolve(type.getSimpleName());
    Snapshots.save(asKeys, file, format);
    var restored = cache(type, codec);
    Snapshots.restore(restored, file);
    var context = type + " by '" + codec + "', seed " + SEED;
    assertEquals(Caches.contents(asKeys), Caches.contents(restored), context);
    assertEquals(caches.lives(asKeys), caches.lives(restored), context);
  }

  private <T> Cache<T, T> cache(Class<T> type, String codec) {
    return caches.of(
        type,
        type,
        spec ->
            codec.isEmpty()
                ? spec
                : spec.option("codec", codec).option("serial-allow", Thing.class.getName()));
  }

  /** Any characters at all, lone surrogates among them. */
  private String text() {
    var text = new StringBuilder();
    for (int left = random.nextInt(20); left > 0; left--) {
      text.append((char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : random.nextInt(0x80)));
    }
    return text.toString();
  }

  private String wellFormed() {
    return Integer.toHexString(random.nextInt()) + " \u00e4\u2615\uD83C\uDF75\n\"";
  }

  private double odd() {
    return switch (random.nextInt(6)) {
      case 0 -> Double.NaN;
      case 1 -> -0.0;
      case 2 -> Double.NEGATIVE_INFINITY;
      case 3 -> random.nextInt();
      default -> Double.longBitsToDouble(random.nextLong());
    };
  }

  private Object anything() {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextInt();
      case 1 -> random.nextLong();
      case 2 -> odd();
      case 3 -> random.nextBoolean();
      case 4 -> (char) random.nextInt();
      case 5 -> (short) random.nextInt();
      case 6 -> new UUID(random.nextLong(), random.nextLong());
      default -> text();
    };
  }

  private Thing thing() {
    return new Thing(
        new BigDecimal(new BigInteger(150, random), random.nextInt(40)),
        new BigInteger(200, random).negate(),
        random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300),
        Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
        List.of(wellFormed(), wellFormed()),
        Map.of("k" + random.nextInt(), random.nextLong()));
  }

  @ParameterizedTest
  @EnumSource
  void saversAndWritersAtOnceLeaveOneWholeSnapshot(Format format) throws Exception {
    var cache = caches.of(Long.class, String.class, spec -> spec.maximumEntries(500));
    var file = folder.resolve("shared");
    var threads = Executors.newFixedThreadPool(4);
    try {
      var savers = new ArrayList<CompletableFuture<?>>();
      for (int saver = 0; saver < 3; saver++) {
        savers.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int turn = 0; turn < 20; turn++) {
                    Snapshots.save(cache, file, format);
                  }
                },
                threads));
      }
      savers.add(
          CompletableFuture.runAsync(
              () -> {
                for (long key = 0; key < 20_000; key++) {
                  cache.put(key % 1_000, "value of " + key % 1_000);
                }
              },
              threads));
      finish(savers);
    } finally {
      threads.shutdownNow();
    }
    var restored = caches.of(Long.class, String.class, spec -> spec.maximumEntries(2_000));
    Snapshots.restore(restored, file);
    restored.forEach(entry -> assertEquals("value of " + entry.key(), entry.value()));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  private static void finish(List<CompletableFuture<?>> all)
      throws ExecutionException, InterruptedException {
    for (var each : all) {
      each.get();
    }
  }
}
