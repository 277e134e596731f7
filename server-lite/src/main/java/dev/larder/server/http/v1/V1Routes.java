package dev.larder.server.http.v1;

import dev.larder.server.core.Limits;
import dev.larder.server.http.Route;
import dev.larder.server.http.Routes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;

/** All routes of the versioned API. */
public final class V1Routes implements Routes {
  private final List<Route> routes;

  /** With what it keeps beside the databases. */
  @Inject
  public V1Routes(Desks desks, Limits limits) {
    this.routes =
        Stream.of(
                new CacheRoutes(desks, limits).routes(),
                new EntryRoutes(desks, limits).routes(),
                new ScanRoutes(desks, limits.outputBytes()).routes(),
                new BatchRoutes(desks, limits).routes(),
                new EventRoutes(desks).routes(),
                new LeaseRoutes(desks, limits).routes(),
                new SharedLoadRoutes(desks, limits).routes())
            .flatMap(List::stream)
            .toList();
  }

  @Override
  public List<Route> routes() {
    return routes;
  }

  @Override
  public String document() {
    return "v1.yaml";
  }
}
