package dev.larder.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A reader marks a node while the policy takes the mark. Forbidden: the read leaves no trace,
 * neither with the policy nor on the node, or leaves both.
 */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "the policy saw the read")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "it will see it")
@Outcome(expect = Expect.FORBIDDEN, desc = "a read without a trace, or one that counts twice")
@State
public class MarkStress {
  private final Node<String, String> node = new Node<>(Nodes.KEY, Nodes.hash(Nodes.KEY));

  @Actor
  public void read() {
    node.reference();
  }

  @Actor
  public void take(ZZ_Result result) {
    result.r1 = node.takeReference();
  }

  @Arbiter
  public void look(ZZ_Result result) {
    result.r2 = node.takeReference();
  }
}
