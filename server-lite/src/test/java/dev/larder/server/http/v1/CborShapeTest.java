package dev.larder.server.http.v1;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.server.http.ProblemException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.cbor.CBORFactory;

class CborShapeTest {
  private static final byte TAG = (byte) 0xc1;

  private final SplittableRandom random = new SplittableRandom(20_260_704);

  @Test
  void aRunOfTagsIsRefusedWhereItIsTooLong() {
    var tags = new byte[1 << 20];
    Arrays.fill(tags, TAG);
    var refusal = refused(tags);
    assertEquals(400, refusal.status());
    assertTrue(
        refusal.getMessage().contains("at byte 5: an item has more than 4 tags"),
        refusal.getMessage());
    assertThrows(ProblemException.class, () -> Formats.CBOR.parser(tags));
  }

  @Test
  void runsOfTagsAreRefusedWhereverTheyAre() {
    refused("8101c1c1c1c1c101");
    refused("a1c1c1c1c1c1616101");
    refused("a16161c1c1c1c1c101");
    refused("9fc1c1c1c1c1ff");
    refused("01c1c1c1c1c101");
    refused("d90001d90001d90001d90001d9000101");
  }

  @Test
  void aFewTagsPass() {
    passes("d9d9f7a1616101");
    passes("c1c1c1c101");
    passes("82c1c1c1c101c1c1c1c101");
    passes("c18101");
  }

  @Test
  void stringsAreSkippedWhateverIsInThem() {
    var value = new byte[5 + (1 << 20)];
    Arrays.fill(value, TAG);
    value[0] = 0x5a;
    value[1] = 0;
    value[2] = 0x10;
    value[3] = 0;
    value[4] = 0;
    assertDoesNotThrow(() -> CborShape.check(value));
    passes("46c1c1c1c1c1c1");
    passes("5f46c1c1c1c1c1c140ff");
    passes("81" + "5f46c1c1c1c1c1c1ff");
  }

  @Test
  void whatIsNestedDeeperThanTheBoundIsRefused() {
    for (var head : new int[] {0x81, 0x9f, 0xbf, 0xa1}) {
      var deep = new byte[Formats.DEPTH + 1];
      Arrays.fill(deep, (byte) head);
      refused(deep);
      var within = Arrays.copyOf(Arrays.copyOf(deep, Formats.DEPTH), Formats.DEPTH + 2);
      assertDoesNotThrow(() -> CborShape.check(within));
    }
  }

  @Test
  void whatStandsBesideAnotherIsNotInIt() {
    passes("80".repeat(1_000));
    passes("9f" + "80".repeat(1_000) + "ff");
    passes("9f" + "9fff".repeat(1_000) + "ff");
    passes("9903e8" + "8101".repeat(1_000));
    passes("bf" + "6161a1616101".repeat(1_000) + "ff");
  }

  @Test
  void lengthsBeyondTheBodyAreRefused() {
    refused("42c1");
    refused("7affffffff");
    refused("5bffffffffffffffff");
    refused("9b7fffffffffffffff");
    refused("bb7fffffffffffffff");
    refused("8201");
    refused("5f42ff");
  }

  @Test
  void whatIsNotCborIsRefused() {
    refused("ff");
    refused("8201ff");
    refused("9fc1ff");
    refused("1c");
    refused("1f");
    refused("5f6161ff");
    refused("5f5fffff");
    refused("5f");
    refused("19");
    refused("1b00000000000000");
  }

  @Test
  void whateverComesIsPassedOrRefusedAndNothingElse() {
    var seed = HexFormat.of().parseHex("bf6161825f41c1ff1903e8616282c16178fb3ff000000000000020ff");
    for (var round = 0; round < 200_000; round++) {
      var body = seed.clone();
      for (var change = random.nextInt(1, 4); change > 0; change--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      assertDoesNotThrow(() -> tried(Arrays.copyOf(body, random.nextInt(body.length + 1))));
    }
  }

  /**
   * Forbidden: the look refuses what the parser reads to the end. Left out are lengths of four
   * bytes or eight, which the parser takes for none beyond 2^31.
   */
  @Test
  void whatTheParserReadsIsNotRefused() {
    var both = 0;
    for (var round = 0; round < 300_000; round++) {
      var body = new byte[random.nextInt(1, 7)];
      random.nextBytes(body);
      for (var at = 0; at < body.length; at++) {
        body[at] = longHead(body[at]) ? 0 : body[at];
      }
      if (parsed(body)) {
        both++;
        assertDoesNotThrow(() -> CborShape.check(body), HexFormat.of().formatHex(body));
      }
    }
    assertTrue(both > 1_000, "only " + both + " could be read");
  }

  private static boolean longHead(byte head) {
    var kind = (head & 0xff) >> 5;
    return kind >= 2 && kind <= 5 && ((head & 31) == 26 || (head & 31) == 27);
  }

  private static boolean parsed(byte[] body) {
    try (JsonParser parser =
        CBORFactory.builder().build().createParser(ObjectReadContext.empty(), body)) {
      while (parser.nextToken() != null) {
        parser.finishToken();
      }
      return true;
    } catch (JacksonException e) {
      return false;
    }
  }

  private static void tried(byte[] body) {
    try {
      CborShape.check(body);
    } catch (ProblemException e) {
      assertEquals("malformed", e.code());
    }
  }

  private static ProblemException refused(byte[] body) {
    return assertThrows(ProblemException.class, () -> CborShape.check(body));
  }

  private static void refused(String hex) {
    assertThrows(
        ProblemException.class, () -> CborShape.check(HexFormat.of().parseHex(hex)), () -> hex);
  }

  private static void passes(String hex) {
    assertDoesNotThrow(() -> CborShape.check(HexFormat.of().parseHex(hex)), hex);
  }
}
