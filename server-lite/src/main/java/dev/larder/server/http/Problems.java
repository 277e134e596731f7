package dev.larder.server.http;

import dev.larder.CacheClosedException;
import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import dev.larder.server.core.BusyException;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/** Errors in the form of RFC 9457. */
final class Problems {
  /** The content type of a problem. */
  static final String TYPE = "application/problem+json";

  private Problems() {}

  /** What a client is told of a failure. Of one that is not its own it learns nothing. */
  static ProblemException of(Throwable failure) {
    if (failure instanceof ProblemException problem) {
      return problem;
    }
    if (failure instanceof BusyException) {
      return new ProblemException(503, "busy", String.valueOf(failure.getMessage()));
    }
    if (failure instanceof CacheClosedException) {
      return new ProblemException(
          503, "closed", "the cache was destroyed, or the server is ending");
    }
    if (failure instanceof OutcomeUnknownException) {
      return new ProblemException(
          503, "outcome-unknown", "the store did not answer; the change may have been made");
    }
    if (failure instanceof StoreException) {
      return new ProblemException(503, "store-failed", "the store failed; nothing was changed");
    }
    return new ProblemException(500, "internal", "the server failed; its log says more");
  }

  /** Whether a failure is the server's, for its log. */
  static boolean internal(Throwable failure) {
    return !(failure instanceof ProblemException) && !(failure instanceof BusyException);
  }

  /** The body that tells of a problem. */
  static byte[] body(ProblemException problem) {
    var members = new LinkedHashMap<String, Object>();
    members.put("type", "/problems/" + problem.code());
    members.put("title", HttpResponseStatus.valueOf(problem.status()).reasonPhrase());
    members.put("status", problem.status());
    members.put("detail", String.valueOf(problem.getMessage()));
    for (Map.Entry<String, Object> more : problem.members().entrySet()) {
      members.putIfAbsent(more.getKey(), more.getValue());
    }
    return Json.bytes(members);
  }
}
