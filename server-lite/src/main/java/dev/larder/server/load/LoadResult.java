package dev.larder.server.load;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a load measured.
 *
 * @param server the address, without the password
 * @param plan what was done
 * @param requests answered, those refused included
 * @param values entries read or written by requests that were not refused
 * @param missing entries asked for that were not there, as far as the answer tells without looking
 *     into a batch over HTTP
 * @param refused requests that the server answered with an error
 * @param refusal what it said first, empty when it refused nothing
 * @param took from the first request to the last answer
 * @param latencies of all requests, nanoseconds from sent to answered
 */
public record LoadResult(
    String server,
    Plan plan,
    long requests,
    long values,
    long missing,
    long refused,
    String refusal,
    Duration took,
    Histogram latencies) {
  private static final List<Double> PERCENTILES = List.of(50.0, 95.0, 99.0, 99.9);

  static LoadResult of(Target target, Plan plan, Stretch.Outcome outcome) {
    var tally = outcome.tally();
    return new LoadResult(
        target.toString(),
        plan,
        tally.requests(),
        tally.values(),
        tally.missing(),
        tally.refused(),
        tally.refusal(),
        outcome.took(),
        tally.latencies());
  }

  /** Values read or written in a second. */
  public double perSecond() {
    return values / Math.max(1e-9, took.toNanos() / 1e9);
  }

  /** The latency that so many percent of the requests did not exceed, in milliseconds. */
  public double millis(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e6;
  }

  /** For people, in lines. */
  public String text() {
    var text = new StringBuilder();
    var data = plan.data();
    var pressure = plan.pressure();
    add(
        text,
        "%s %s: %,d keys, values of %,d bytes%s, %,d connections, %,d requests under way on each",
        server,
        plan.kind().word(),
        data.keys(),
        data.bytes(),
        plan.kind().batch() ? String.format(Locale.ROOT, " in batches of %,d", data.batch()) : "",
        pressure.connections(),
        pressure.depth());
    add(
        text,
        "  %,.0f values/s   (%,d values in %,d requests, %.2f s)",
        perSecond(),
        values,
        requests,
        took.toNanos() / 1e9);
    text.append("  latency, ms:");
    for (var percentile : PERCENTILES) {
      text.append(String.format(Locale.ROOT, " p%s %.3f ", digits(percentile), millis(percentile)));
    }
    add(text, " max %.3f", latencies.getMaxValue() / 1e6);
    if (missing > 0) {
      add(text, "  %,d entries asked for were not there", missing);
    }
    if (refused > 0) {
      add(text, "  %,d requests were refused, the first with: %s", refused, refusal);
    }
    add(
        text,
        "  Closed loop: a connection asks again when it has an answer, so a pause of the server counts"
            + " once for each request under way (coordinated omission).");
    return text.toString();
  }

  private static void add(StringBuilder text, String format, Object... parts) {
    text.append(String.format(Locale.ROOT, format, parts)).append('\n');
  }

  private static String digits(double percentile) {
    return percentile == Math.rint(percentile)
        ? Long.toString((long) percentile)
        : Double.toString(percentile);
  }

  /** For programs: words, numbers and maps, as JSON has them. */
  public Map<String, Object> members() {
    var members = new LinkedHashMap<String, Object>();
    members.put("server", server);
    members.put("operation_type", plan.kind().word());
    members.put("num_operations", values);
    members.put("requests", requests);
    members.put("missing", missing);
    members.put("refused", refused);
    if (refused > 0) {
      members.put("first_refusal", refusal);
    }
    members.put("connections", plan.pressure().connections());
    members.put("pipeline", plan.pressure().depth());
    members.put("value_bytes", plan.data().bytes());
    members.put("keys", plan.data().keys());
    members.put("batch", plan.perRequest());
    members.put("duration_seconds", took.toNanos() / 1e9);
    members.put("operations_per_second", perSecond());
    var latency = new LinkedHashMap<String, Object>();
    for (var percentile : PERCENTILES) {
      latency.put("p" + digits(percentile).replace(".", "_"), millis(percentile));
    }
    latency.put("max", latencies.getMaxValue() / 1e6);
    latency.put("mean", latencies.getMean() / 1e6);
    members.put("latency_ms", latency);
    members.put("closed_loop", true);
    return members;
  }
}
