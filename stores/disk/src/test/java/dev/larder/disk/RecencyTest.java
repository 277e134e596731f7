package dev.larder.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.spi.Bytes;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecencyTest {
  private final Recency recency = new Recency();

  @Test
  void longKeysTakeAsMuchRoomAsTheyAreLong() {
    for (int i = 0; i < 1_000; i++) {
      var key = new byte[128 << 10];
      key[0] = (byte) i;
      key[1] = (byte) (i >> 8);
      recency.note(new Bytes(key), 1);
    }
    assertEquals(Recency.MOST / 1_025, recency.size());
    recency.forgetAll();
    for (int i = 0; i < Recency.MOST + 10; i++) {
      recency.note(Rows.key("k" + i), 1);
    }
    assertEquals(Recency.MOST, recency.size());
    assertTrue(recency.nearlyFull());
  }

  @Test
  void knownKeysAreNotedHoweverFullAndNeverGoBack() {
    for (int i = 0; i < Recency.MOST; i++) {
      recency.note(Rows.key("k" + i), 5);
    }
    recency.note(Rows.key("k1"), 9);
    recency.note(Rows.key("k1"), 7);
    assertEquals(9, recency.of(Rows.key("k1")));
  }

  @Test
  void piecesTakeEachKeyInItsTurn() {
    for (int i = 0; i < 1_000; i++) {
      recency.note(Rows.key("k" + i), 1);
    }
    var seen = new HashSet<Bytes>();
    for (int i = 0; i < 10; i++) {
      assertTrue(seen.addAll(recency.some(100).keySet()));
    }
    assertEquals(1_000, seen.size());
  }

  @Test
  void whatWasAccessedAgainMeanwhileStays() {
    recency.note(Rows.key("a"), 1);
    recency.note(Rows.key("b"), 1);
    var all = recency.all();
    recency.note(Rows.key("b"), 2);
    recency.committed(all);
    assertEquals(Map.of(Rows.key("b"), 2L), recency.all());
  }
}
