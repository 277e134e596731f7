package dev.larder.server.http;

import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /} and {@code /metrics}: the state, for people and for Prometheus. */
final class PageRoutes implements Routes {
  private static final Pattern SCRIPT = Pattern.compile("(?s)<script>(.*?)</script>");
  private static final Pattern STYLE = Pattern.compile("(?s)<style>(.*?)</style>");

  private final MetricsPage metrics;
  private volatile @Nullable Page state;

  @Inject
  PageRoutes(MetricsPage metrics) {
    this.metrics = metrics;
  }

  @Override
  public String document() {
    return "pages.yaml";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/", "getStatePage", this::state).opened().working(),
        Route.of("GET", "/metrics", "getMetrics", this::metrics).working());
  }

  private void metrics(Exchange exchange) {
    var open = exchange.header("accept").orElse("").contains("application/openmetrics-text");
    var type = open ? MetricsPage.OPEN_METRICS : MetricsPage.PROMETHEUS;
    var page = metrics.page(type).getBytes(StandardCharsets.UTF_8);
    exchange.with("cache-control", "no-store").answer(200, type, page);
  }

  private void state(Exchange exchange) {
    var page = state;
    if (page == null) {
      page = Page.read("state.html");
      state = page;
    }
    Files.page(exchange, page.html, page.policy);
  }

  /** A page that holds all it needs, and whose policy allows just that, by its digest. */
  private static final class Page {
    private final byte[] html;
    private final String policy;

    private Page(byte[] html, String policy) {
      this.html = html;
      this.policy = policy;
    }

    static Page read(String name) {
      var text = Files.text(name);
      var policy =
          "default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none'; form-action"
              + " 'none'; frame-ancestors 'none'; script-src '"
              + digest(SCRIPT, text)
              + "'; style-src '"
              + digest(STYLE, text)
              + "'";
      return new Page(text.getBytes(StandardCharsets.UTF_8), policy);
    }

    private static String digest(Pattern part, String text) {
      var found = part.matcher(text);
      if (!found.find()) {
        throw new IllegalStateException("the page lacks " + part);
      }
      return Files.digest(found.group(1).getBytes(StandardCharsets.UTF_8));
    }
  }
}
