package dev.larder.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JL_Result;

/**
 * A writer stores a value and its deadline, a reader loads the deadline and then the value.
 * Forbidden: the old value by the new deadline, which would let an expired value live on.
 */
@JCStressTest
@Outcome(id = "1, old", expect = Expect.ACCEPTABLE, desc = "before")
@Outcome(id = "2, new", expect = Expect.ACCEPTABLE, desc = "after")
@Outcome(
    id = "1, new",
    expect = Expect.ACCEPTABLE,
    desc = "in between: the new value, judged early")
@Outcome(
    id = "2, old",
    expect = Expect.FORBIDDEN,
    desc = "the old value, judged by the new deadline")
@State
public class DeadlineStress {
  private final Node<String, String> node = new Node<>(Nodes.KEY, Nodes.hash(Nodes.KEY));

  public DeadlineStress() {
    write("old", 1);
  }

  private void write(String value, long deadline) {
    synchronized (node) {
      node.value(value);
      node.deadline(deadline, false);
    }
  }

  @Actor
  public void write() {
    write("new", 2);
  }

  @Actor
  public void read(JL_Result seen) {
    seen.r1 = node.deadline();
    seen.r2 = node.value();
  }
}
