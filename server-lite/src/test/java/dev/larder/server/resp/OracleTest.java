package dev.larder.server.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our answers are those of the table, byte for byte, and the table is what redis-server says. */
class OracleTest {
  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void answersAreThoseOfTheTable(String topology) throws IOException {
    try (var ours = Console.on(topology)) {
      for (var sequence : OracleTable.read()) {
        ours.run("FLUSHALL");
        for (var exchange : sequence.exchanges()) {
          var answer = ours.answer(exchange.words().toArray(byte[][]::new));
          compare(sequence, exchange, answer);
        }
      }
    }
  }

  private static void compare(
      OracleTable.Sequence sequence, OracleTable.Exchange exchange, String answer) {
    assertEquals(
        exchange.comparable(exchange.answer()),
        exchange.comparable(answer),
        () -> sequence.title() + ": " + exchange.line());
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
          compare(sequence, exchange, redis.ask(exchange.words()));
        }
      }
    }
  }
}
