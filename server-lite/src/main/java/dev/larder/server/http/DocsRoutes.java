package dev.larder.server.http;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /docs} and {@code /openapi.json}: the API, to read and to try. Works offline. */
final class DocsRoutes implements Routes {
  /** Swagger UI writes styles into its elements; everything else comes from here. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  /** What the page loads from the web jar. */
  private static final Map<String, String> JAR_FILES =
      Map.of(
          "swagger-ui.css", "text/css; charset=utf-8",
          "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
          "favicon-32x32.png", "image/png");

  private static final String SCRIPT = "docs.js";

  private final Provider<Set<Routes>> parts;
  private volatile byte @Nullable [] document;

  @Inject
  DocsRoutes(Provider<Set<Routes>> parts) {
    this.parts = parts;
  }

  @Override
  public String document() {
    return "docs.yaml";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/docs", "getDocs", this::page).opened().working(),
        Route.of("GET", "/docs/{file}", "getDocsFile", this::file).opened().working(),
        Route.of("GET", "/openapi.json", "getOpenApi", this::openApi).opened().working());
  }

  private void page(Exchange exchange) {
    Files.page(exchange, Files.own("docs.html"), POLICY);
  }

  private void file(Exchange exchange) {
    var name = exchange.text("file");
    if (name.equals(SCRIPT)) {
      var script = Files.own(SCRIPT);
      Files.send(exchange, "text/javascript; charset=utf-8", script, Files.digest(script));
      return;
    }
    var type = JAR_FILES.get(name);
    if (type == null) {
      throw new ProblemException(404, "no-such-file", "the documentation has no such file");
    }
    var version = build().getProperty("swagger-ui");
    var path = "/META-INF/resources/webjars/swagger-ui/" + version + '/' + name;
    Files.send(exchange, type, Files.own(path), "swagger-ui-" + version);
  }

  private void openApi(Exchange exchange) {
    var bytes = document;
    if (bytes == null) {
      bytes = OpenApi.document(parts.get(), build().getProperty("version"));
      document = bytes;
    }
    Files.send(exchange, "application/json", bytes, Files.digest(bytes));
  }

  private static Properties build() {
    var build = new Properties();
    try {
      build.load(new ByteArrayInputStream(Files.own("/dev/larder/server/build.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build;
  }
}
