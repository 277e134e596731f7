package dev.larder.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * A reader looks for a key that is there while inserts into its stripe double the table, several
 * times over. Forbidden: it misses it.
 */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "found")
@Outcome(expect = Expect.FORBIDDEN, desc = "a present key was missed")
@State
public class TableGrowsStress {
  private static final int STRIPE = 64;

  private final NodeTable<Integer, String> table = new NodeTable<>(Node::new);
  private final Integer present = STRIPE;

  public TableGrowsStress() {
    table.getOrInsert(present, NodeTable.spread(present.hashCode()));
  }

  private boolean has(Integer key) {
    return table.get(key, NodeTable.spread(key.hashCode())) != null;
  }

  @Actor
  public void grow() {
    for (int each = 2; each < 10; each++) {
      Integer key = each * STRIPE;
      table.getOrInsert(key, NodeTable.spread(key.hashCode()));
    }
  }

  @Actor
  public void read(Z_Result found) {
    found.r1 = has(present);
  }
}
