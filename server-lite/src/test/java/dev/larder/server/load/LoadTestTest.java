package dev.larder.server.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.server.clients.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /test/load} on the running server. */
class LoadTestTest {
  private static final Map<String, String> ON = Map.of("server.load-test", "true");

  private final OkHttpClient client =
      new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(90)).build();

  private record Answer(int status, JsonNode body) {}

  private Answer post(RunningServer server, String query, String password) throws IOException {
    var request =
        new Request.Builder()
            .url(HttpUrl.get(server.url("/test/load" + query)))
            .post(RequestBody.EMPTY);
    if (!password.isEmpty()) {
      request.header("Authorization", Credentials.basic("default", password));
    }
    try (var response = client.newCall(request.build()).execute()) {
      return new Answer(response.code(), JsonMapper.shared().readTree(response.body().string()));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindOfLoadIsMeasuredAndLeavesNothing(Kind kind) throws IOException {
    try (var server = RunningServer.start(ON)) {
      var answer = post(server, "?num_operations=5000&operation_type=" + kind.word(), "");
      assertEquals(200, answer.status(), () -> String.valueOf(answer));
      assertEquals(5_000, answer.body().get("num_operations").asInt());
      assertEquals(kind.batch() ? 50 : 5_000, answer.body().get("requests").asInt());
      assertEquals(0, answer.body().get("missing").asInt());
      assertEquals(0, answer.body().get("refused").asInt());
      var latency = answer.body().get("latency_ms");
      assertTrue(latency.get("p50").asDouble() > 0);
      assertTrue(latency.get("p99_9").asDouble() >= latency.get("p99").asDouble());
      assertEquals(0, server.server().databases().first().size());
    }
  }

  @Test
  void itIsOffUnlessTurnedOn() throws IOException {
    try (var server = RunningServer.start()) {
      var answer = post(server, "?num_operations=1&operation_type=get", "");
      assertEquals(403, answer.status());
      assertTrue(answer.body().get("detail").asString().contains("LARDER_LOAD_TEST"));
    }
  }

  @Test
  void whatIsOutOfBoundsIsRefusedWithWhatIsAllowed() throws IOException {
    try (var server = RunningServer.start(ON)) {
      for (var query :
          new String[] {
            "?num_operations=0",
            "?num_operations=1000001",
            "?num_operations=many",
            "?operation_type=scan",
            "?num_operations=99999999999999999999"
          }) {
        var answer = post(server, query, "");
        assertEquals(400, answer.status(), query);
        var detail = answer.body().get("detail").asString();
        assertTrue(detail.contains("1000000") || detail.contains("batch_get"), detail);
      }
    }
  }

  @Test
  void itGoesInWithThePasswordOfWhoAsked() throws IOException {
    try (var server =
        RunningServer.start(Map.of("server.load-test", "true", "server.password", "open-sesame"))) {
      var answer = post(server, "?num_operations=100&operation_type=mixed", "open-sesame");
      assertEquals(200, answer.status(), () -> String.valueOf(answer));
      assertEquals(0, answer.body().get("refused").asInt());
      assertEquals(401, post(server, "?num_operations=100", "").status());
    }
  }

  @Test
  void onlyOneRunsAtATime() throws Exception {
    try (var server = RunningServer.start(ON)) {
      var statuses = new ArrayList<Integer>();
      var threads = new ArrayList<Thread>();
      for (var each = 0; each < 4; each++) {
        var thread =
            new Thread(
                () -> {
                  try {
                    var answer = post(server, "?num_operations=50000&operation_type=set", "");
                    synchronized (statuses) {
                      statuses.add(answer.status());
                    }
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
        threads.add(thread);
        thread.start();
      }
      for (var thread : threads) {
        thread.join(90_000);
      }
      assertEquals(4, statuses.size());
      assertTrue(statuses.contains(200), statuses::toString);
      assertTrue(statuses.contains(503), statuses::toString);
      assertTrue(statuses.stream().allMatch(each -> each == 200 || each == 503));
    }
  }
}
