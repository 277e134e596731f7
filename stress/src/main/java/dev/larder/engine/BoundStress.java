package dev.larder.engine;

import dev.larder.spi.Cursor;
import dev.larder.spi.Verbs;
import dev.larder.spi.WaitingStore;
import dev.larder.testkit.VirtualClock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/**
 * Two threads fill a full store of two entries, and one asks for its size. Forbidden: more than one
 * entry a writer above the bound, more than the bound afterwards, or a size that is not the number
 * of entries.
 */
@JCStressTest
@Outcome(id = "true, true, true", expect = Expect.ACCEPTABLE, desc = "within bounds")
@Outcome(expect = Expect.FORBIDDEN, desc = "above the bound, or miscounted")
@State
public class BoundStress {
  private static final int BOUND = 2;
  private static final int WRITERS = 2;

  private final MemoryStore<String, String> store =
      Nodes.store(new VirtualClock(), Nodes.bounded("s3-fifo", BOUND));

  public BoundStress() {
    put("a");
    put("b");
  }

  private void put(String key) {
    store.update(key, Verbs.put(), key);
  }

  @Actor
  public void write() {
    put("c");
    put("d");
  }

  @Actor
  public void writeTooAndLook(ZZZ_Result result) {
    put("e");
    result.r1 = store.info().size() <= BOUND + WRITERS;
  }

  @Arbiter
  public void look(ZZZ_Result result) {
    var size = store.info().size();
    var entries = WaitingStore.join(store.scan(Cursor.START, 100)).entries().size();
    result.r2 = size <= BOUND;
    result.r3 = size == entries;
  }
}
