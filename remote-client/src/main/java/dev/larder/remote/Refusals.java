package dev.larder.remote;

import dev.larder.CacheException;
import dev.larder.ConfigurationException;
import dev.larder.LeaseLostException;
import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;

/** Refusals of a server as what a store throws. */
final class Refusals {
  private Refusals() {}

  static boolean success(Reply reply) {
    return reply.status() >= 200 && reply.status() < 300;
  }

  /** What an answer of no success says. */
  static RefusedException of(Reply reply) {
    var problem = Trees.read(reply);
    if (problem == null) {
      return new RefusedException(
          reply.status(), "", "it answered with status " + reply.status() + " and no explanation");
    }
    var type = Trees.text(problem, "type");
    var detail = Trees.text(problem, "detail");
    return new RefusedException(
        reply.status(),
        type.substring(type.lastIndexOf('/') + 1),
        detail.isEmpty() ? "it answered with status " + reply.status() : detail);
  }

  /** What a caller is told; the name is that of the cache. */
  static CacheException told(String cache, RefusedException refused) {
    var message = "cache '" + cache + "': the server refused: " + refused.getMessage();
    return switch (refused.word()) {
      case "lease-lost" -> new LeaseLostException(message, refused);
      case "outcome-unknown" -> new OutcomeUnknownException(message, refused);
      case "different", "bad-setting", "too-many-caches" ->
          new ConfigurationException(message, refused);
      default -> new StoreException(message, refused);
    };
  }
}
