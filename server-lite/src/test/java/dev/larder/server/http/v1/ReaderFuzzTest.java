package dev.larder.server.http.v1;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.server.core.Contents;
import dev.larder.server.core.Limits;
import dev.larder.server.http.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Forbidden: a body, however spoiled, does anything but become operations or be refused. */
class ReaderFuzzTest {
  private static final int ROUNDS = 10_000;

  private static final String BATCH =
      """
      {"operations":[{"op":"put","key":"a","value":{"x":[1.5,"\\u00e9",null]},"ttl":60000},
       {"op":"get","key64":"AAE=","touch":"fill","ifNotVersion":9223372036854775807},
       {"op":"at","key":"b","ifVersion":17,"action":"write","value":"text","previous":true},
       {"op":"increment","key":"n","by":-5,"initial":3,"ttl":"forever","operation":7},
       {"op":"put-back","key":"p","value":[],"ttl":1,"limit":2,"own":true,"hot":false}]}
      """;

  private static final String SETTINGS =
      """
      {"maximumEntries":5,"maximumBytes":1000,"timeToLive":"10s","jitter":0.1,"policy":"lru",
       "life":{"onCreate":5000,"onUpdate":-1,"limit":"forever"},"statistics":true,
       "options":{"memory.x":"1"},"schemaVersion":3,"cleanupInterval":"0s","topology":"memory",
       "whenCreated":{"maximumEntries":7,"options":{"memory.x":"1"}}}
      """;

  private final SplittableRandom random = new SplittableRandom(20_260_105);

  @Test
  void spoiledBatchesAreOperationsOrRefused() {
    try (var api = new ApiServer()) {
      var contents = api.database().contents();
      var read = 0;
      for (var seed : seeds(BATCH)) {
        for (var round = 0; round < ROUNDS; round++) {
          read += batch(Formats.JSON, spoiled(seed), contents);
          read += batch(Formats.CBOR, spoiled(seed), contents);
        }
      }
      assertTrue(read > 0, "nothing was ever read");
    }
  }

  @Test
  void spoiledSettingsAreSettingsOrRefused() {
    var read = 0;
    for (var seed : seeds(SETTINGS)) {
      for (var round = 0; round < ROUNDS; round++) {
        read += settings(Formats.JSON, spoiled(seed));
        read += settings(Formats.CBOR, spoiled(seed));
      }
    }
    assertTrue(read > 0, "nothing was ever read");
  }

  private static int batch(Formats format, byte[] body, Contents contents) {
    try {
      BatchReader.read(format, body, Limits.DEFAULT, contents);
      return 1;
    } catch (ProblemException e) {
      return 0;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(HexFormat.of().formatHex(body), e);
    }
  }

  private static int settings(Formats format, byte[] body) {
    try {
      SettingsReader.read(format, body, false);
      return 1;
    } catch (ProblemException e) {
      return 0;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(HexFormat.of().formatHex(body), e);
    }
  }

  /** The text, and the same in CBOR. */
  private static List<byte[]> seeds(String json) {
    var cbor = new CBORMapper().writeValueAsBytes(new JsonMapper().readTree(json));
    return List.of(json.getBytes(StandardCharsets.UTF_8), cbor);
  }

  private byte[] spoiled(byte[] seed) {
    var body = seed.clone();
    for (var change = random.nextInt(1, 4); change > 0; change--) {
      body =
          switch (random.nextInt(4)) {
            case 0 -> flipped(body);
            case 1 -> Arrays.copyOf(body, random.nextInt(body.length + 1));
            case 2 -> doubled(body);
            default -> without(body);
          };
    }
    return body;
  }

  private byte[] flipped(byte[] body) {
    if (body.length > 0) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }
    return body;
  }

  private byte[] doubled(byte[] body) {
    var from = random.nextInt(body.length + 1);
    var to = random.nextInt(from, body.length + 1);
    var out = new ByteArrayOutputStream();
    out.write(body, 0, to);
    out.write(body, from, body.length - from);
    return out.toByteArray();
  }

  private byte[] without(byte[] body) {
    var from = random.nextInt(body.length + 1);
    var to = random.nextInt(from, Math.min(body.length, from + 20) + 1);
    var parts = new ArrayList<byte[]>(List.of(Arrays.copyOf(body, from)));
    parts.add(Arrays.copyOfRange(body, to, body.length));
    var out = new ByteArrayOutputStream();
    parts.forEach(out::writeBytes);
    return out.toByteArray();
  }
}
