package dev.larder.server.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Our answers are those of the table, byte for byte, and the table is what redis-server says. */
class OracleTest {
  @TestFactory
  Stream<DynamicTest> answersAreThoseOfRedisInMemory() throws IOException {
    return answers("memory");
  }

  @TestFactory
  Stream<DynamicTest> answersAreThoseOfRedisOnDisk() throws IOException {
    return answers("disk");
  }

  private static Stream<DynamicTest> answers(String topology) throws IOException {
    return OracleTable.read().stream()
        .map(each -> DynamicTest.dynamicTest(each.title(), () -> check(topology, each)));
  }

  private static void check(String topology, OracleTable.Sequence sequence) {
    try (var console = Console.on(topology)) {
      for (var exchange : sequence.exchanges()) {
        compare(exchange, console.answer(exchange.words().toArray(byte[][]::new)));
      }
    }
  }

  private static void compare(OracleTable.Exchange exchange, String answer) {
    assertEquals(
        exchange.comparable(exchange.answer()), exchange.comparable(answer), exchange.line());
  }

  @Test
  void theTableHasHundredsOfSequences() throws IOException {
    assertTrue(OracleTable.read().size() > 300);
  }

  @Test
  @EnabledIfSystemProperty(
      named = "redis.server",
      matches = ".+:\\d+",
      disabledReason =
          "needs a redis-server whose database 0 may be emptied: -Dredis.server=host:port")
  void theTableIsWhatRedisAnswers() throws IOException {
    try (var redis = RawClient.of(System.getProperty("redis.server", ""))) {
      for (var sequence : OracleTable.read()) {
        redis.ask(RawClient.words("FLUSHALL"));
        for (var exchange : sequence.exchanges()) {
          compare(exchange, redis.ask(exchange.words()));
        }
      }
    }
  }
}
