package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many keys in one bin of the table. */
class CrowdTest {
  private static final long SEED = 20_261_121;
  private static final AtomicInteger COMPARED = new AtomicInteger();

  private final NodeTable<Object, Object> table = new NodeTable<>(Node::new);

  /** In an order, but with one hash code for all. */
  private record Ordered(int number) implements Comparable<Ordered> {
    @Override
    public int hashCode() {
      return 7;
    }

    @Override
    public int compareTo(Ordered other) {
      COMPARED.incrementAndGet();
      return Integer.compare(number, other.number);
    }
  }

  /** Compares by tens only, so that keys which differ compare as equal. */
  private record Vague(int number) implements Comparable<Vague> {
    @Override
    public int hashCode() {
      return 7;
    }

    @Override
    public int compareTo(Vague other) {
      return Integer.compare(number / 10, other.number / 10);
    }
  }

  private record Unordered(int number) {
    @Override
    public int hashCode() {
      return 7;
    }
  }

  /** A string of the letters "Aa" and "BB", which all have one hash code for one length. */
  static String colliding(int number, int pairs) {
    var text = new StringBuilder();
    for (int bit = 0; bit < pairs; bit++) {
      text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  private Node<Object, Object> insert(Object key) {
    return table.getOrInsert(key, NodeTable.spread(key.hashCode()));
  }

  private Node<Object, Object> find(Object key) {
    return table.get(key, NodeTable.spread(key.hashCode()));
  }

  @Test
  void findingOneOfManyKeysOfOneHashCodeComparesItWithAFewOnly() {
    for (int number = 0; number < 20_000; number++) {
      insert(new Ordered(number));
    }
    COMPARED.set(0);

    for (int number = 0; number < 1_000; number++) {
      assertNotNull(find(new Ordered(number * 20)));
      assertNull(find(new Ordered(-1 - number)));
    }

    // A skip list of 20,000 takes about 2 * log2(20,000) = 29 comparisons; a chain takes 10,000.
    assertTrue(COMPARED.get() < 2_000 * 60, () -> COMPARED + " comparisons for 2,000 searches");
  }

  @Test
  void agreesWithAMapOnRandomOperationsOfCollidingKeysOfFourKinds() {
    var random = new SplittableRandom(SEED);
    var model = new HashMap<Object, Node<Object, Object>>();
    for (int step = 0; step < 60_000; step++) {
      var key = key(random.nextInt(600));
      if (random.nextInt(3) > 0) {
        var node = insert(key);
        var before = model.putIfAbsent(key, node);
        assertTrue(before == null || before == node, () -> "seed " + SEED + ", " + key);
      } else {
        var node = model.remove(key);
        if (node != null) {
          table.remove(node);
          table.remove(node);
        }
        assertNull(find(key), () -> "seed " + SEED + ", " + key);
      }
    }
    model.forEach((key, node) -> assertSame(node, find(key), () -> "seed " + SEED + ", " + key));
    assertEquals(new HashSet<>(model.values()), new HashSet<>(scan()));
    assertEquals(model.size(), scan().size());
  }

  private static Object key(int number) {
    return switch (number % 4) {
      case 0 -> new Ordered(number);
      case 1 -> new Vague(number);
      case 2 -> new Unordered(number);
      default -> colliding(number, 20);
    };
  }

  private List<Node<Object, Object>> scan() {
    var nodes = new ArrayList<Node<Object, Object>>();
    long position = 0;
    do {
      position = table.scan(position, nodes);
    } while (position != 0);
    return nodes;
  }

  @Test
  void aCrowdSurvivesTheGrowthOfTheTable() {
    for (int number = 0; number < 500; number++) {
      insert(new Ordered(number));
      insert(new Unordered(number));
    }
    for (int number = 0; number < 50_000; number++) {
      insert("other-" + number);
    }
    for (int number = 0; number < 500; number++) {
      assertNotNull(find(new Ordered(number)));
      assertNotNull(find(new Unordered(number)));
    }
  }

  @Test
  void keysOfOneHashCodeAloneDoNotMakeTheTableGrowFarBeyondTheirNumber() {
    for (int number = 0; number < 20_000; number++) {
      insert(new Ordered(number));
    }

    assertTrue(table.bins() <= 32_768, () -> table.bins() + " bins for 20,000 keys");
  }

  /** Compares by its text, which may be missing. */
  private record Fragile(int number, @org.jspecify.annotations.Nullable String text)
      implements Comparable<Fragile> {
    @Override
    public int hashCode() {
      return 7;
    }

    @Override
    public int compareTo(Fragile other) {
      return java.util.Objects.requireNonNull(text)
          .compareTo(java.util.Objects.requireNonNull(other.text));
    }
  }

  @Test
  void keysWhoseComparisonThrowsAreKeptLikeKeysWithoutAnOrder() {
    for (int number = 0; number < 40; number++) {
      insert(new Fragile(number, "t" + number));
    }
    for (int number = 0; number < 40; number++) {
      assertSame(insert(new Fragile(number, null)), find(new Fragile(number, null)));
    }
    assertEquals(80, scan().size());
    for (int number = 0; number < 40; number++) {
      table.remove(insert(new Fragile(number, null)));
      table.remove(insert(new Fragile(number, "t" + number)));
    }
    assertEquals(0, scan().size());
  }

  /** Equal to any other of its number, whatever the class. */
  private static class Base implements Comparable<Base> {
    private final int number;

    Base(int number) {
      this.number = number;
    }

    @Override
    public int hashCode() {
      return 7;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Base base && base.number == number;
    }

    @Override
    public int compareTo(Base other) {
      return Integer.compare(number, other.number);
    }
  }

  private static final class Derived extends Base {
    Derived(int number) {
      super(number);
    }
  }

  @Test
  void aKeyIsFoundByAnEqualOneOfAnotherClass() {
    for (int number = 0; number < 40; number++) {
      insert(number % 2 == 0 ? new Base(number) : new Derived(number));
    }
    for (int number = 0; number < 40; number++) {
      var node = insert(new Base(number));
      assertSame(node, insert(new Derived(number)));
    }
    assertEquals(40, scan().size());
  }

  /**
   * Inserts near the end of the stack, as deep recursion makes them. Forbidden: what was inserted
   * is lost when the table fails to grow.
   */
  @Test
  void aStackThatOverflowsWhileTheTableGrowsLosesNoEntry() throws InterruptedException {
    var inserted = new ArrayList<Node<Object, Object>>();
    var thread = new Thread(null, () -> dig(inserted, 0), "deep", 256 * 1024);
    thread.start();
    thread.join();
    for (int key = 0; key < 20_000; key++) {
      inserted.add(insert(key));
    }
    for (var node : inserted) {
      assertSame(node, find(java.util.Objects.requireNonNull(node.key)));
    }
  }

  private void dig(List<Node<Object, Object>> inserted, int depth) {
    try {
      if (depth < 1_000_000) {
        dig(inserted, depth + 1);
      }
    } catch (StackOverflowError e) {
      // The deepest levels fail again; those above get further each.
    }
    try {
      for (int more = 0; more < 3; more++) {
        inserted.add(insert("deep-" + depth + "-" + more));
      }
    } catch (StackOverflowError e) {
      // Tried again by the level above.
    }
  }

  @Test
  void aKeyRemovedAndInsertedAgainGetsAnotherNode() {
    for (int number = 0; number < 40; number++) {
      insert(new Ordered(number));
    }
    var first = insert(new Ordered(3));
    table.remove(first);
    assertNull(find(new Ordered(3)));

    assertNotSame(first, insert(new Ordered(3)));
  }

  /**
   * Two writers put crowds together and let the table grow while a reader asks for colliding keys
   * that are there throughout. Forbidden: the reader misses one, or finds another node for it.
   */
  @Test
  void readersNeverMissAPresentKeyWhileItsBinTurnsIntoACrowd() throws Exception {
    var wrong = new AtomicInteger();
    var pool = Executors.newFixedThreadPool(3);
    try {
      for (int round = 0; round < 40; round++) {
        var raced = new NodeTable<Object, Object>(Node::new);
        var stable = new ArrayList<Node<Object, Object>>();
        for (int number = 0; number < 8; number++) {
          stable.add(getOrInsert(raced, key(number)));
        }
        var running = new AtomicBoolean(true);
        var reader = pool.submit(() -> readUntil(running, raced, stable, wrong));
        List<Callable<Void>> writers =
            List.of(() -> write(raced, 1_000), () -> write(raced, 100_000));
        for (var done : pool.invokeAll(writers)) {
          done.get();
        }
        running.set(false);
        reader.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertEquals(0, wrong.get(), "reads that missed a present key");
  }

  private static Node<Object, Object> getOrInsert(NodeTable<Object, Object> table, Object key) {
    return table.getOrInsert(key, NodeTable.spread(key.hashCode()));
  }

  private static Void write(NodeTable<Object, Object> table, int from) {
    for (int number = from; number < from + 400; number++) {
      var node = getOrInsert(table, key(number));
      getOrInsert(table, number);
      if (number % 3 == 0) {
        table.remove(node);
      }
    }
    return null;
  }

  private static void readUntil(
      AtomicBoolean running,
      NodeTable<Object, Object> table,
      List<Node<Object, Object>> stable,
      AtomicInteger wrong) {
    do {
      for (var node : stable) {
        if (table.get(java.util.Objects.requireNonNull(node.key), node.hash()) != node) {
          wrong.incrementAndGet();
        }
      }
    } while (running.get());
  }
}
