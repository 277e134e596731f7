package dev.larder.server.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.larder.server.core.Budget;
import dev.larder.server.core.Limits;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RespDecoderTest {
  private static final Commands COMMANDS =
      new Commands(
          List.of(
              new Definition("get", 2, Set.of(), 1, 1, 1, (request, session, reply) -> {}),
              new Definition("incrbyfloat", 3, Set.of(), 1, 1, 1, (request, session, reply) -> {}),
              new Definition("set", -3, Set.of(), 1, 1, 1, (request, session, reply) -> {})));

  /** What a connection makes of bytes that come in pieces of a size. */
  private static List<String> parsed(byte[] bytes, int piece) throws ProtocolException {
    var intake = new Intake(COMMANDS, Limits.DEFAULT, Budget.ofHeap());
    var room = new byte[64 << 10];
    var words = new ArrayList<String>();
    for (int from = 0; from < bytes.length; from += piece) {
      intake.take(Unpooled.wrappedBuffer(bytes, from, Math.min(piece, bytes.length - from)), room);
      intake.begin();
      for (var request = intake.next(); request != null; request = intake.next()) {
        words.add(shown(request));
      }
      intake.keep();
      java.util.Arrays.fill(room, (byte) '#');
    }
    return words;
  }

  private static String shown(Request request) {
    var text = new StringBuilder();
    var known = request.known();
    text.append(known == null ? "?" : known.definition().name());
    for (int at = 0; at < request.size(); at++) {
      text.append('[').append(new String(request.part(at), ISO_8859_1)).append(']');
    }
    return text.toString();
  }

  @Test
  void halfSentRequestsShareOneBudgetAndGiveItBack() throws ProtocolException {
    var budget = new Budget(1 << 20);
    var first = new Intake(COMMANDS, Limits.DEFAULT, budget);
    var second = new Intake(COMMANDS, Limits.DEFAULT, budget);
    send(first, "*3\r\n$3\r\nset\r\n$1\r\nk\r\n$900000\r\n" + "x".repeat(899_999));
    assertNull(first.next());
    assertTrue(budget.left() < 200_000, "left " + budget.left());
    send(second, "*3\r\n$3\r\nset\r\n$1\r\nk\r\n$900000\r\n" + "x".repeat(899_999));

    var refusal = assertThrows(ProtocolException.class, second::next);

    assertTrue(refusal.getMessage().contains("all the memory"), refusal.getMessage());
    second.drop();
    first.keep();
    send(first, "x\r\n");
    assertEquals(900_000, first.next().part(2).length);
    assertEquals(1 << 20, budget.left());
  }

  @Test
  void manyPartsOfOneRequestCountTogether() throws ProtocolException {
    var budget = new Budget(1 << 20);
    var intake = new Intake(COMMANDS, Limits.DEFAULT, budget);
    send(intake, "*1000\r\n" + ("$10000\r\n" + "x".repeat(10_000) + "\r\n").repeat(50));
    assertNull(intake.next());
    assertTrue(budget.left() <= (1 << 20) - 500_000, "left " + budget.left());

    intake.drop();

    assertEquals(1 << 20, budget.left());
  }

  private static void send(Intake intake, String text) {
    intake.take(Unpooled.copiedBuffer(text, ISO_8859_1), null);
    intake.begin();
  }

  static Stream<Arguments> streams() {
    var big = "x".repeat(100_000);
    return Stream.of(
        arguments("*2\r\n$3\r\nGET\r\n$1\r\nk\r\n", List.of("get[get][k]")),
        arguments("*2\r\n$3\r\nGeT\r\n$0\r\n\r\n", List.of("get[get][]")),
        arguments("*1\r\n$11\r\nINCRBYFLOAT\r\n", List.of("incrbyfloat[incrbyfloat]")),
        arguments("*1\r\n$11\r\nINCRBYFLOAx\r\n", List.of("?[INCRBYFLOAx]")),
        arguments("*1\r\n$3\r\n\007et\r\n", List.of("?[\007et]")),
        arguments("*0\r\n*-1\r\n\r\n\n get k \r\n", List.of("get[get][k]")),
        arguments("GET k\nfoo\r\n", List.of("get[get][k]", "?[foo]")),
        arguments("foo 'a b' \"c\\x41\\n\\q\" 'd\\'e'\r\n", List.of("?[foo][a b][cA\nq][d'e]")),
        arguments("foo \"\" a\"b c\"\r\n", List.of("?[foo][][ab c]")),
        arguments(
            "*3\r\n$3\r\nset\r\n$1\r\nk\r\n$2\r\n\r\n\r\n*1\r\n$3\r\nget\r\n",
            List.of("set[set][k][\r\n]", "get[get]")),
        arguments(
            "*2\r\n$3\r\nget\r\n$100000\r\n" + big + "\r\nget k\r\n",
            List.of("get[get][" + big + "]", "get[get][k]")));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void theSameRequestsComeOutHoweverTheBytesAreSplit(String bytes, List<String> expected)
      throws ProtocolException {
    var all = bytes.getBytes(ISO_8859_1);
    for (int piece : new int[] {1, 2, 3, 5, 7, 11, 64, 1_000, all.length}) {
      if (all.length / piece < 20_000) {
        assertEquals(expected, parsed(all, piece), "in pieces of " + piece);
      }
    }
  }

  @Test
  void tenThousandPartsAreAllThere() throws ProtocolException {
    var text = new StringBuilder("*10000\r\n");
    for (int each = 0; each < 10_000; each++) {
      text.append("$5\r\n").append(10_000 + each).append("\r\n");
    }
    for (int piece : new int[] {777, 100_000}) {
      var got = parsed(text.toString().getBytes(ISO_8859_1), piece);
      assertEquals(1, got.size());
      assertEquals(1 + 7 * 10_000, got.get(0).length());
    }
  }

  @Test
  void aNameTwiceOrOneThatCannotBeLookedUpIsRefused() {
    var get = new Definition("get", 2, Set.of(), 1, 1, 1, (request, session, reply) -> {});
    var odd = new Definition("g@t", 2, Set.of(), 1, 1, 1, (request, session, reply) -> {});
    assertThrows(IllegalArgumentException.class, () -> new Commands(List.of(get, get)));
    assertThrows(IllegalArgumentException.class, () -> new Commands(List.of(odd)));
  }
}
