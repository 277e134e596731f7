package dev.larder.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The table that holds nodes itself, against a map of nodes and a bare map: reads of 20,000 String
 * keys, with hash codes of their own or all with one, as an attacker would send them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
public class TableBenchmark {
  private static final int KEYS = 20_000;

  /** So many letters pairs make more than 20,000 strings. */
  private static final int PAIRS = 15;

  /** What finds the value of a key. */
  public enum Kind {
    /** The table of the engine. */
    NODE_TABLE,
    /** What it replaces: a map whose values are nodes. */
    MAP_OF_NODES,
    /** A map whose values are the values. */
    MAP
  }

  /** The keys that are there. */
  public enum Keys {
    /** Nearly all with a hash code of their own. */
    SPREAD,
    /** All with one hash code. */
    ONE_HASH_CODE
  }

  /** What finds the value of a key. */
  @Param Kind kind = Kind.NODE_TABLE;

  /** The keys that are there. */
  @Param Keys keys = Keys.SPREAD;

  private final NodeTable<String, String> table = new NodeTable<>(Node::new);
  private final ConcurrentHashMap<String, Node<String, String>> nodes = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
  private List<String> asked = List.of();

  /** Puts the keys in. */
  @Setup
  public void fill() {
    var all = new ArrayList<String>();
    for (int number = 0; number < KEYS; number++) {
      all.add(keys == Keys.SPREAD ? "key-" + number : colliding(number));
    }
    for (var key : all) {
      var node = table.getOrInsert(key, NodeTable.spread(key.hashCode()));
      synchronized (node) {
        node.value(key);
      }
      nodes.put(key, node);
      map.put(key, key);
    }
    Collections.shuffle(all, new Random(42));
    asked = List.copyOf(all);
  }

  /** "Aa" and "BB" have one hash code, and so have all strings of as many of them. */
  private static String colliding(int number) {
    var text = new StringBuilder();
    for (int bit = 0; bit < PAIRS; bit++) {
      text.append(((number >> bit) & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  /** Reads each key once. */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public int read() {
    int found = 0;
    for (var key : asked) {
      found += value(key) == null ? 0 : 1;
    }
    return found;
  }

  private @Nullable String value(String key) {
    return switch (kind) {
      case NODE_TABLE -> valueOf(table.get(key, NodeTable.spread(key.hashCode())));
      case MAP_OF_NODES -> valueOf(nodes.get(key));
      case MAP -> map.get(key);
    };
  }

  private static @Nullable String valueOf(@Nullable Node<String, String> node) {
    return node == null ? null : node.value();
  }
}
