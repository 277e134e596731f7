package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NodeTableTest {
  private final NodeTable<Object, Object> table = new NodeTable<>(Node::new);

  private static int hash(Object key) {
    return NodeTable.spread(key.hashCode());
  }

  private Node<Object, Object> insert(Object key) {
    return table.getOrInsert(key, hash(key));
  }

  @Test
  void agreesWithAMapOnRandomOperations() {
    var seed = 42L;
    var random = new Random(seed);
    var model = new HashMap<Object, Node<Object, Object>>();
    for (int step = 0; step < 200_000; step++) {
      Integer key = random.nextInt(20_000);
      switch (random.nextInt(3)) {
        case 0 -> {
          var node = insert(key);
          var before = model.putIfAbsent(key, node);
          assertTrue(before == null || before == node, () -> "seed " + seed + " key " + key);
        }
        case 1 -> {
          var node = model.remove(key);
          if (node != null) {
            table.remove(node);
            table.remove(node);
          }
        }
        default ->
            assertSame(
                model.get(key), table.get(key, hash(key)), () -> "seed " + seed + " key " + key);
      }
    }
    model.forEach((key, node) -> assertSame(node, table.get(key, hash(key))));
  }

  /** Keys of one hash code, as an attacker would send them. */
  private record Colliding(int number) {
    @Override
    public int hashCode() {
      return 7;
    }
  }

  @Test
  void keysOfOneHashCodeAreKeptApart() {
    for (int number = 0; number < 500; number++) {
      insert(new Colliding(number));
    }
    for (int number = 0; number < 500; number += 2) {
      table.remove(insert(new Colliding(number)));
    }
    for (int number = 0; number < 500; number++) {
      var found = table.get(new Colliding(number), hash(new Colliding(number)));
      assertEquals(number % 2 == 1, found != null);
    }
  }

  @Test
  void aScanShowsWhatIsThereThroughoutExactlyOnceWhileTheTableGrows() {
    for (int key = 0; key < 1_000; key++) {
      insert(key);
    }
    var seen = new HashMap<Object, Integer>();
    long position = 0;
    int added = 1_000;
    do {
      List<Node<Object, Object>> nodes = new ArrayList<>();
      position = table.scan(position, nodes);
      nodes.forEach(node -> seen.merge(String.valueOf(node.key), 1, Integer::sum));
      for (int more = 0; more < 20 && added < 50_000; more++) {
        insert(added++);
      }
    } while (position != 0);
    for (int key = 0; key < 1_000; key++) {
      assertEquals(1, seen.get(String.valueOf(key)), "times key " + key + " was shown");
    }
    assertTrue(seen.values().stream().allMatch(times -> times == 1), "no key is shown twice");
  }

  /**
   * Two writers make the table grow and take keys out while two readers ask for keys that are there
   * throughout. Forbidden: a reader misses one of them, or finds another node for it.
   */
  @Test
  void readersNeverMissAPresentKeyWhileTheTableGrowsAndShrinks() throws Exception {
    var stable = new ArrayList<Node<Object, Object>>();
    for (int key = 0; key < 200; key++) {
      stable.add(insert("stable-" + key));
    }
    var running = new AtomicBoolean(true);
    var wrong = new AtomicInteger();
    var threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Long> reader = () -> readUntil(running, stable, wrong);
      var readers = List.of(threads.submit(reader), threads.submit(reader));
      var writers =
          List.of(threads.submit(() -> churn(1_000_000)), threads.submit(() -> churn(2_000_000)));
      for (var writer : writers) {
        writer.get();
      }
      running.set(false);
      for (var each : readers) {
        assertTrue(each.get() > 0);
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(0, wrong.get(), "reads that missed a present key");
  }

  private long readUntil(
      AtomicBoolean running, List<Node<Object, Object>> stable, AtomicInteger wrong) {
    long reads = 0;
    do {
      for (var node : stable) {
        var key = keyOf(node);
        if (table.get(key, node.hash()) != node) {
          wrong.incrementAndGet();
        }
        reads++;
      }
    } while (running.get());
    return reads;
  }

  private static Object keyOf(Node<Object, Object> node) {
    return java.util.Objects.requireNonNull(node.key);
  }

  private Void churn(int from) {
    for (int key = from; key < from + 150_000; key++) {
      var node = insert(key);
      if (key % 3 != 0) {
        table.remove(node);
      }
    }
    return null;
  }

  /** Eight threads insert the same keys. Forbidden: two nodes for one key. */
  @Test
  void racingInsertsOfOneKeyGiveOneNode() throws Exception {
    var threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<List<Node<Object, Object>>>> racers = new ArrayList<>();
      for (int racer = 0; racer < 8; racer++) {
        racers.add(this::insertThousands);
      }
      List<List<Node<Object, Object>>> got = new ArrayList<>();
      for (var racer : threads.invokeAll(racers)) {
        got.add(racer.get());
      }
      for (int key = 0; key < 20_000; key++) {
        var nodes = new HashSet<Node<Object, Object>>();
        for (var nodesOfOne : got) {
          nodes.add(nodesOfOne.get(key));
        }
        assertEquals(1, nodes.size(), "nodes for key " + key);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Node<Object, Object>> insertThousands() {
    var nodes = new ArrayList<Node<Object, Object>>();
    for (int key = 0; key < 20_000; key++) {
      nodes.add(insert(key));
    }
    return nodes;
  }

  @Test
  void anAbsentKeyIsNull() {
    assertNull(table.get("none", hash("none")));
  }
}
