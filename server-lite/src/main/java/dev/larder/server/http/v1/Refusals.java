package dev.larder.server.http.v1;

import dev.larder.server.http.ProblemException;
import dev.larder.spi.Settings;
import java.util.Map;

/** The refusals of the versioned API. */
final class Refusals {
  private Refusals() {}

  static ProblemException noCache(String name) {
    return new ProblemException(
        404,
        "no-cache",
        "there is no cache " + Settings.quote(name) + "; PUT /v1/caches/{cache} creates one");
  }

  static ProblemException noListener(String name) {
    return new ProblemException(
        404,
        "no-listener",
        "there is no stream of events "
            + Settings.quote(name)
            + "; the event 'start' of a stream names it");
  }

  static ProblemException noEntry(String missing) {
    return new ProblemException(
        404, "no-entry", "there is no entry of this key", Map.of("missing", missing));
  }

  static ProblemException tooMany(String what, int limit) {
    return new ProblemException(
        429,
        "too-many",
        "there are too many " + what + "; at most " + limit + " for each cache",
        Map.of("limit", limit));
  }

  static ProblemException leased(long left) {
    return new ProblemException(
        423,
        "leased",
        "somebody has a lease on the key; it ends in " + left + " ms at the latest",
        Map.of("left", left));
  }

  static ProblemException leaseLost(String why) {
    return new ProblemException(
        409, "lease-lost", "the lease holds no longer: " + why + "; nothing was changed");
  }

  static ProblemException changed(long version) {
    return new ProblemException(
        412,
        "changed",
        version == 0
            ? "the condition does not hold: there is no entry"
            : "the condition does not hold: the entry has version " + version,
        Map.of("version", version));
  }

  static ProblemException parameter(String name, String given, String allowed) {
    return new ProblemException(
        400,
        "bad-parameter",
        "the query parameter '" + name + "' is " + Settings.quote(given) + "; allowed: " + allowed);
  }

  static ProblemException header(String name, String given, String allowed) {
    return new ProblemException(
        400,
        "bad-header",
        "the header '" + name + "' is " + Settings.quote(given) + "; allowed: " + allowed);
  }

  static ProblemException malformed(String what) {
    return new ProblemException(400, "malformed", what);
  }

  static ProblemException setting(String what) {
    return new ProblemException(400, "bad-setting", what);
  }

  static ProblemException tooLarge(String what, long limit) {
    return new ProblemException(
        413, "too-large", what + " is larger than " + limit, Map.of("limit", limit));
  }
}
