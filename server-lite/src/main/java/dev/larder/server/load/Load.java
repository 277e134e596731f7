package dev.larder.server.load;

import dev.larder.Clock;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Loads a server over real sockets and measures it, in a closed loop: each connection keeps a fixed
 * number of requests under way and sends the next when an answer came. A server that pauses is
 * therefore asked less, and its pause is counted once for each request under way, not for those
 * that others would have sent meanwhile (coordinated omission): latencies are those of requests
 * that were sent.
 */
public final class Load {
  /** With so many connections and so deep entries are stored before and removed after. */
  private static final Plan.Pressure AROUND = new Plan.Pressure(4, 16, 1);

  private static final Duration AROUND_AT_MOST = Duration.ofMinutes(5);

  private final Target target;
  private final Clock clock;
  private final Pulse pulse;
  private boolean trusting;
  private @Nullable String authorization;

  /** Told once a second how far it is, on some thread that must not be kept. */
  @FunctionalInterface
  public interface Pulse {
    /** In a part of the load so many values were read or written in all. */
    void beat(String part, Duration elapsed, long values);
  }

  /** A load on that server. */
  public Load(Target target, Clock clock, Pulse pulse) {
    this.target = target;
    this.clock = clock;
    this.pulse = pulse;
    this.authorization = HttpDialect.basic(target.password());
  }

  /** Takes any certificate for good. */
  public Load trusting() {
    trusting = true;
    return this;
  }

  /** Sends that header of HTTP instead of one made of the password; null sends none. */
  public Load authorization(@Nullable String header) {
    authorization = header;
    return this;
  }

  /**
   * Stores what is to be read, warms up, measures, removes the entries it made. Waits for all that:
   * not for an event loop.
   *
   * @throws IOException when the server cannot be reached, refuses what is stored first, breaks a
   *     connection or stops answering; entries may be left behind then
   */
  public LoadResult run(Plan plan) throws IOException {
    var single = plan.kind() == Kind.GET || plan.kind() == Kind.MIXED;
    var dialect = dialect(plan.data(), single);
    try (var transport = new Transport(target, plan.pressure().threads(), tls())) {
      if (plan.kind().reads()) {
        around("filling", plan, dialect(plan.data(), false), transport, false);
      }
      if (!plan.warmup().isZero()) {
        var quota = new Source.Quota(Long.MAX_VALUE);
        measure("warm-up", plan, dialect, transport, quota, plan.warmup());
      }
      var quota = new Source.Quota(plan.values());
      var outcome = measure("measuring", plan, dialect, transport, quota, plan.time());
      around("cleaning", plan, dialect(plan.data(), true), transport, true);
      return LoadResult.of(target, plan, outcome);
    }
  }

  private Stretch.Outcome measure(
      String name,
      Plan plan,
      Dialect dialect,
      Transport transport,
      Source.Quota quota,
      Duration time)
      throws IOException {
    return new Stretch(transport, dialect, clock, pulse)
        .run(name, plan.pressure(), Source.planned(plan, dialect, quota), time, quota::stop);
  }

  private void around(String name, Plan plan, Dialect dialect, Transport transport, boolean remove)
      throws IOException {
    var source = Source.each(plan, dialect, remove);
    var tally =
        new Stretch(transport, dialect, clock, pulse)
            .run(name, AROUND, number -> source, AROUND_AT_MOST, () -> {})
            .tally();
    if (tally.refused() > 0) {
      throw new IOException("the server refused a request while " + name + ": " + tally.refusal());
    }
  }

  /** Requests where single entries that are not there are nothing to wonder at, or are. */
  private Dialect dialect(Plan.Data data, boolean mayMiss) {
    return switch (target.protocol()) {
      case RESP -> new RespDialect(data, target.password());
      case HTTP -> new HttpDialect(data, target, authorization, mayMiss);
    };
  }

  private @Nullable SslContext tls() throws IOException {
    if (!target.tls()) {
      return null;
    }
    var builder = SslContextBuilder.forClient();
    return (trusting ? builder.trustManager(InsecureTrustManagerFactory.INSTANCE) : builder)
        .build();
  }
}
