package dev.larder.server.http;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /test/load}: load that the server puts on itself. */
final class LoadRoutes implements Routes {
  private static final String MANY = "10000";
  private static final String USUAL = "mixed";

  private final LoadTests tests;

  @Inject
  LoadRoutes(LoadTests tests) {
    this.tests = tests;
  }

  @Override
  public String document() {
    return "load.yaml";
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.of("POST", "/test/load", "testLoad", this::load));
  }

  private void load(Exchange exchange) {
    if (!tests.enabled()) {
      throw new ProblemException(
          403,
          "not-enabled",
          "load tests are off on this server; LARDER_LOAD_TEST=true allows them");
    }
    try {
      tests
          .start(
              exchange.local(),
              operations(exchange.query("num_operations").orElse(MANY)),
              exchange.query("operation_type").orElse(USUAL),
              exchange.header("authorization").orElse(null))
          .whenComplete((measured, failure) -> answer(exchange, measured, failure));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(400, "invalid-load", String.valueOf(e.getMessage()));
    }
  }

  private static void answer(
      Exchange exchange, @Nullable Map<String, Object> measured, @Nullable Throwable failure) {
    if (failure != null) {
      exchange.fail(failure);
    } else {
      exchange.json(200, measured);
    }
  }

  private static long operations(String asked) {
    try {
      return Long.parseLong(asked);
    } catch (NumberFormatException e) {
      throw new ProblemException(
          400, "invalid-load", "num_operations is a whole number from 1 to 1000000");
    }
  }
}
