package dev.larder.server.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.server.core.Limits;
import dev.larder.server.http.Route;
import java.io.IOException;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

class DocumentTest {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "head");

  @Test
  void everyRouteIsDescribedAndNothingElse() throws IOException {
    try (var api = new ApiServer();
        var text = V1Routes.class.getResourceAsStream("v1.yaml")) {
      var described = new TreeMap<String, String>();
      for (var path : new YAMLMapper().readTree(text).get("paths").properties()) {
        for (var method : path.getValue().properties()) {
          if (METHODS.contains(method.getKey())) {
            described.put(
                method.getKey() + " " + path.getKey(),
                method.getValue().get("operationId").asString());
          }
        }
      }
      var routes = new TreeMap<String, String>();
      for (Route route : new V1Routes(api.desks(), Limits.DEFAULT).routes()) {
        routes.put(
            route.method().toLowerCase(java.util.Locale.ROOT) + " " + route.template(),
            route.operation());
      }
      assertEquals(routes, described);
    }
  }
}
