package dev.larder.engine;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Two threads insert one key, and others that double the table. Forbidden: two nodes of one key, or
 * none.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "one node, and it is found")
@Outcome(expect = Expect.FORBIDDEN, desc = "two nodes of one key, or a lost one")
@State
public class TableInsertsStress {
  private final NodeTable<Integer, String> table = new NodeTable<>(Node::new);
  private @Nullable Node<Integer, String> one;
  private @Nullable Node<Integer, String> other;

  private Node<Integer, String> insert(Integer key) {
    return table.getOrInsert(key, NodeTable.spread(key.hashCode()));
  }

  @Actor
  public void insert() {
    one = insert(64);
    insert(128);
    insert(192);
  }

  @Actor
  public void insertToo() {
    insert(256);
    other = insert(64);
  }

  @Arbiter
  public void look(ZZ_Result result) {
    Integer key = 64;
    result.r1 = one == other;
    result.r2 = table.get(key, NodeTable.spread(key.hashCode())) == one;
  }
}
