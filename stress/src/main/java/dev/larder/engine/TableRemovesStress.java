package dev.larder.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/**
 * A node dies and leaves its chain while its key is inserted anew and its neighbours are read.
 * Forbidden: a neighbour is missed, a dead node is found afterwards, or the inserted key is not.
 */
@JCStressTest
@Outcome(id = "true, true, true", expect = Expect.ACCEPTABLE, desc = "as it should be")
@Outcome(
    id = "true, true, false",
    expect = Expect.ACCEPTABLE,
    desc = "the insert met the old node before it died")
@Outcome(expect = Expect.FORBIDDEN, desc = "a lost neighbour or a dead node in the table")
@State
public class TableRemovesStress {
  // One bin of the smallest tables.
  private static final Integer DYING = 1 << 16 | 1;
  private static final Integer BEFORE = 2 << 16 | 2;
  private static final Integer AFTER = 4 << 16 | 4;

  private final NodeTable<Integer, String> table = new NodeTable<>(Node::new);
  private final Node<Integer, String> dying;

  public TableRemovesStress() {
    insert(BEFORE);
    dying = insert(DYING);
    insert(AFTER);
  }

  private Node<Integer, String> insert(Integer key) {
    return table.getOrInsert(key, NodeTable.spread(key.hashCode()));
  }

  private boolean has(Integer key) {
    return table.get(key, NodeTable.spread(key.hashCode())) != null;
  }

  @Actor
  public void remove() {
    synchronized (dying) {
      dying.die();
      table.remove(dying);
    }
  }

  @Actor
  public void insertAnewAndReadNeighbours(ZZZ_Result result) {
    insert(DYING);
    result.r1 = has(BEFORE) && has(AFTER);
  }

  @Arbiter
  public void look(ZZZ_Result result) {
    var found = table.get(DYING, NodeTable.spread(DYING.hashCode()));
    result.r2 = found != dying;
    result.r3 = found != null;
  }
}
