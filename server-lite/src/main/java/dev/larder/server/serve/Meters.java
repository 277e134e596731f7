package dev.larder.server.serve;

import dev.larder.server.core.Telemetry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what the protocols do. Nothing here knows of Prometheus or Micrometer, which are loaded
 * when somebody first asks for metrics.
 */
@Singleton
final class Meters implements Telemetry {
  /** Different names of one kind; what comes after them counts as {@link #OTHERS}. */
  private static final int NAMES = 512;

  private static final String OTHERS = "others";

  private final Map<Protocol, Side> sides = new EnumMap<>(Protocol.class);
  private final FailureLog failureLog;

  /** What one protocol did. */
  static final class Side {
    private final Map<String, Latencies> operations = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
    private final LongAdder opened = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder in = new LongAdder();
    private final LongAdder out = new LongAdder();

    Map<String, Latencies> operations() {
      return operations;
    }

    Map<String, LongAdder> failures() {
      return failures;
    }

    Map<String, LongAdder> refusals() {
      return refusals;
    }

    long opened() {
      return opened.sum();
    }

    /** Connections now; the two counts are not read at one instant. */
    long open() {
      return Math.max(0, opened.sum() - closed.sum());
    }

    long in() {
      return in.sum();
    }

    long out() {
      return out.sum();
    }
  }

  @Inject
  Meters(FailureLog failureLog) {
    this.failureLog = failureLog;
    for (var protocol : Protocol.values()) {
      sides.put(protocol, new Side());
    }
  }

  /** What one protocol did. */
  Side side(Protocol protocol) {
    return java.util.Objects.requireNonNull(sides.get(protocol));
  }

  @Override
  public void operations(Protocol protocol, String name, int count, long nanos) {
    var known = side(protocol).operations;
    var latencies = known.get(name);
    if (latencies == null) {
      latencies = known.computeIfAbsent(bounded(known, name), anew -> new Latencies());
    }
    latencies.add(count, nanos);
  }

  @Override
  public void failed(Protocol protocol, String name, Throwable failure) {
    increment(side(protocol).failures, name);
    failureLog.tell(protocol, name, failure);
  }

  @Override
  public void connection(Protocol protocol, boolean opened) {
    var side = side(protocol);
    (opened ? side.opened : side.closed).increment();
  }

  @Override
  public void refused(Protocol protocol, String why) {
    increment(side(protocol).refusals, why);
  }

  @Override
  public void transferred(Protocol protocol, long in, long out) {
    var side = side(protocol);
    if (in != 0) {
      side.in.add(in);
    }
    if (out != 0) {
      side.out.add(out);
    }
  }

  private static void increment(Map<String, LongAdder> counts, String name) {
    counts.computeIfAbsent(bounded(counts, name), anew -> new LongAdder()).increment();
  }

  private static String bounded(Map<String, ?> known, String name) {
    return known.size() < NAMES || known.containsKey(name) ? name : OTHERS;
  }
}
