package dev.larder.engine;

import dev.larder.spi.Touch;
import dev.larder.spi.Verbs;
import dev.larder.testkit.VirtualClock;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * An expired entry is written anew while a reader comes upon it and removes it. Forbidden: the
 * reader is given the expired value, or the new one is lost with it.
 */
@JCStressTest
@Outcome(
    id = "(null|new), new",
    expect = Expect.ACCEPTABLE,
    desc = "nothing or the new value, which stays")
@Outcome(expect = Expect.FORBIDDEN, desc = "the expired value was served, or the new one lost")
@State
public class ExpiredStress {
  private final VirtualClock clock = new VirtualClock();
  private final MemoryStore<String, String> store =
      Nodes.store(clock, Nodes.expiring(Duration.ofMillis(5)));

  public ExpiredStress() {
    store.update(Nodes.KEY, Verbs.put(), "old");
    clock.advance(Duration.ofMillis(5));
  }

  private String read() {
    var entry = store.get(Nodes.KEY, Touch.READ);
    return entry == null ? "null" : "" + entry.value();
  }

  @Actor
  public void write() {
    store.update(Nodes.KEY, Verbs.put(), "new");
  }

  @Actor
  public void read(LL_Result seen) {
    seen.r1 = read();
  }

  @Arbiter
  public void look(LL_Result seen) {
    seen.r2 = read();
  }
}
