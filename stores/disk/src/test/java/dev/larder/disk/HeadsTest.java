package dev.larder.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeadsTest {
  private final Heads heads = new Heads();

  private void commit(Row... rows) {
    heads.committed(Rows.written(Rows.totals(1, 1), rows), 0);
  }

  @Test
  void longKeysAreLeftOut() {
    var longest = "k".repeat(Heads.LONGEST_KEY);
    commit(Rows.row(1, longest, "v", 1, 0, 0), Rows.row(2, longest + "k", "v", 2, 0, 0));
    assertNotNull(heads.get(Rows.key(longest), 0));
    assertNull(heads.get(Rows.key(longest + "k"), 0));
  }

  @Test
  void keysTakeAboutAMegabyteHoweverMany() {
    for (int i = 0; i < 5_000; i++) {
      commit(Rows.row(i, "k".repeat(900) + i, "v", i, 0, 0));
    }
    assertTrue(heads.size() * 900 <= 2 * Heads.MOST_BYTES, () -> heads.size() + " rows");
    assertNotNull(heads.get(Rows.key("k".repeat(900) + 4_999), 0));
  }

  @Test
  void rowWithoutRoomTakesWhatWasKeptOfItAway() {
    var key = "the key";
    commit(Rows.row(1, key, "v", 1, 0, 0));
    var many = new Row[700];
    for (int i = 0; i < many.length; i++) {
      many[i] = Rows.row(i + 10, "k".repeat(1_000) + i, "v", i + 10, 0, 0);
    }
    commit(many);
    many[many.length - 1] = Rows.row(1, key, "w", 2_000, 0, 0);
    commit(many);
    var row = heads.get(Rows.key(key), 0);
    assertEquals(2_000, row == null ? 2_000 : row.version());
  }
}
