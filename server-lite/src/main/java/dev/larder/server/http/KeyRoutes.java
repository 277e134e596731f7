package dev.larder.server.http;

import dev.larder.server.core.Contents;
import dev.larder.server.core.Database;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Glob;
import dev.larder.server.core.Limits;
import dev.larder.spi.Bytes;
import dev.larder.spi.Cursor;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code /admin/keys}: which keys there are. */
final class KeyRoutes implements Routes {
  private static final int FEW = 100;
  private static final int PAGE = 1_000;

  private final Databases databases;
  private final Limits limits;

  @Inject
  KeyRoutes(Databases databases, Limits limits) {
    this.databases = databases;
    this.limits = limits;
  }

  @Override
  public String document() {
    return "keys.yaml";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/admin/keys", "listKeys", this::list)
            .on(exchange -> databases.first())
            .working());
  }

  private void list(Exchange exchange) {
    var limit = Requests.number(exchange, "limit", FEW, limits.batch());
    var pattern = exchange.query("pattern").orElse("*").getBytes(StandardCharsets.UTF_8);
    if (pattern.length > Glob.LONGEST) {
      throw new ProblemException(
          400, "pattern-too-long", "a pattern may have " + Glob.LONGEST + " bytes");
    }
    var found = new Found(limit, new JsonText(limits.outputBytes()));
    scan(exchange.database(), Glob.of(pattern), found);
    exchange.answer(200, Contents.JSON, found.complete());
  }

  /** Through all entries at most. */
  private static void scan(Database database, Glob glob, Found found) {
    for (var cursor = Cursor.START; cursor != null && !found.more; ) {
      var page = database.scan(cursor, PAGE);
      for (var entry : page.entries()) {
        if (glob.matches(entry.key().array())) {
          found.add(entry.key());
        }
      }
      cursor = page.next();
    }
  }

  /** The keys that match, as text. */
  private static final class Found {
    private final int limit;
    private final JsonText text;
    private int count;
    private boolean more;

    Found(int limit, JsonText text) {
      this.limit = limit;
      this.text = text.add("{\"keys\":[");
    }

    void add(Bytes key) {
      if (count == limit) {
        more = true;
        return;
      }
      Values.write(key, text.add(count++ == 0 ? "" : ","));
    }

    byte[] complete() {
      return text.add("],\"more\":").add(Boolean.toString(more)).add('}').complete();
    }
  }
}
