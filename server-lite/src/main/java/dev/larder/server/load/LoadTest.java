package dev.larder.server.load;

import dev.larder.Clock;
import dev.larder.server.core.BusyException;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Load that the server puts on itself, over a socket like any client: {@code POST /test/load}. One
 * at a time. It reads and writes at most {@value #KEYS} entries of the default cache whose keys
 * begin with {@value #PREFIX}, and removes them; when that cache is full, others are evicted for
 * them. Safe for all threads.
 */
public final class LoadTest {
  /** How the keys begin. */
  public static final String PREFIX = "larder-load:";

  /** The most operations that may be asked for. */
  public static final long MOST = 1_000_000;

  /** After so long it ends, whatever is left to do. */
  public static final Duration LONGEST = Duration.ofSeconds(60);

  private static final int KEYS = 1_000;
  private static final int VALUE = 100;
  private static final int BATCH = 100;
  private static final Plan.Pressure PRESSURE = new Plan.Pressure(20, 1, 1);

  private final Semaphore one = new Semaphore(1);
  private final ThreadFactory threads = new DefaultThreadFactory("larder-load-test", true);
  private final boolean enabled;
  private final Clock clock;

  /**
   * What the server offers.
   *
   * @param enabled whether it does at all
   */
  public LoadTest(boolean enabled, Clock clock) {
    this.enabled = enabled;
    this.clock = clock;
  }

  /** Whether it may be asked for. {@link #start} fails when not. */
  public boolean enabled() {
    return enabled;
  }

  /**
   * Starts one; does not wait.
   *
   * @param itself where this server listens for HTTP
   * @param operations how many values are read or written, 1 to {@value #MOST}
   * @param type what is done: a word of {@link Kind}
   * @param authorization the header by which the caller came in, which the load uses too
   * @return {@link LoadResult#members} when it is over, on a thread of the load; fails with an
   *     {@link java.io.IOException} when the server did not answer itself
   * @throws IllegalArgumentException saying what is out of range and what is allowed
   * @throws BusyException while another one runs
   */
  public CompletionStage<Map<String, Object>> start(
      Target itself, long operations, String type, @Nullable String authorization) {
    if (!enabled) {
      throw new IllegalStateException("load tests are not enabled on this server");
    }
    var plan = plan(operations, Kind.of(type));
    if (!one.tryAcquire()) {
      throw new BusyException("a load test is running already", null);
    }
    var result = new CompletableFuture<Map<String, Object>>();
    try {
      threads.newThread(() -> run(itself, plan, authorization, result)).start();
    } catch (RuntimeException | Error e) {
      one.release();
      throw e;
    }
    return result;
  }

  private static Plan plan(long operations, Kind kind) {
    if (operations < 1 || operations > MOST) {
      throw new IllegalArgumentException(
          "num_operations " + operations + ": allowed are 1 to " + MOST);
    }
    var data = new Plan.Data(PREFIX, KEYS, VALUE, BATCH);
    return new Plan(kind, 0.8, PRESSURE, data, operations, LONGEST, Duration.ZERO);
  }

  private void run(
      Target itself,
      Plan plan,
      @Nullable String authorization,
      CompletableFuture<Map<String, Object>> result) {
    try {
      var load = new Load(itself, clock, (part, elapsed, values) -> {});
      var members = load.trusting().authorization(authorization).run(plan).members();
      one.release();
      result.complete(members);
    } catch (Throwable e) {
      one.release();
      result.completeExceptionally(e);
    }
  }
}
