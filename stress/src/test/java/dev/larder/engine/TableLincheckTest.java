package dev.larder.engine;

import java.util.HashSet;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * The schedules of Lincheck's model checker on the table: keys of one stripe, so that the second
 * insert doubles it. Forbidden: an outcome that no order of the calls gives on a set.
 */
class TableLincheckTest {
  private static final int ITERATIONS = Integer.getInteger("larder.test.iterations", 20);

  /** The table as a set of keys; a key is in it while its node is alive. */
  @Param(name = "key", gen = IntGen.class, conf = "1:3")
  public static final class Keys {
    private final NodeTable<Integer, String> table = new NodeTable<>(Node::new);

    private static Integer key(int number) {
      return number * 64;
    }

    private static int hash(Integer key) {
      return NodeTable.spread(key.hashCode());
    }

    @Operation
    public boolean contains(@Param(name = "key") int number) {
      var key = key(number);
      var node = table.get(key, hash(key));
      return node != null && node.value() != null;
    }

    @Operation
    public boolean add(@Param(name = "key") int number) {
      var key = key(number);
      while (true) {
        var node = table.getOrInsert(key, hash(key));
        synchronized (node) {
          if (!node.dead()) {
            var added = node.value() == null;
            node.value("there");
            return added;
          }
        }
      }
    }

    @Operation
    public boolean remove(@Param(name = "key") int number) {
      var key = key(number);
      var node = table.get(key, hash(key));
      if (node == null) {
        return false;
      }
      synchronized (node) {
        if (node.dead() || node.value() == null) {
          return false;
        }
        node.value(null);
        node.die();
        table.remove(node);
        return true;
      }
    }
  }

  /** The sequential specification. */
  public static final class Model {
    private final Set<Integer> keys = new HashSet<>();

    public boolean contains(int number) {
      return keys.contains(number);
    }

    public boolean add(int number) {
      return keys.add(number);
    }

    public boolean remove(int number) {
      return keys.remove(number);
    }
  }

  @Test
  void outcomesOfCheckedSchedulesAreThoseOfSomeOrder() {
    new ModelCheckingOptions()
        .iterations(ITERATIONS)
        .invocationsPerIteration(300)
        .threads(2)
        .actorsPerThread(3)
        // Doubling the table goes over all its bins, which is no livelock.
        .loopBound(10_000)
        .loopIterationsBeforeThreadSwitch(10_000)
        .sequentialSpecification(Model.class)
        .check(Keys.class);
  }
}
