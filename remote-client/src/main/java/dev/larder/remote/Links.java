package dev.larder.remote;

import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import org.jspecify.annotations.Nullable;

/** The links there are, shared by those that ask for the same. */
final class Links {
  private Links() {}

  /** The link to those servers; to be {@linkplain Link#release released}. */
  static Link to(RemoteOptions options, Context context) {
    return new Plain(options, context);
  }

  /** A first way, to one host, each operation a request. */
  private static final class Plain implements Link {
    private final OkHttpClient client;
    private final String base;
    private final Context context;

    Plain(RemoteOptions options, Context context) {
      this.context = context;
      this.client =
          new OkHttpClient.Builder()
              .callTimeout(options.timeout())
              .connectTimeout(options.connectTimeout())
              .build();
      this.base = "http://" + options.hosts().get(0);
    }

    @Override
    public CompletionStage<Reply> send(Ask ask) {
      return CompletableFuture.supplyAsync(() -> sendAndWait(ask), context.executor());
    }

    @Override
    public Reply sendAndWait(Ask ask) {
      var sentAt = context.clock().exact();
      var body = ask.body();
      var needsBody = !ask.method().equals("GET") && !ask.method().equals("DELETE");
      var sent =
          body == null && !needsBody
              ? null
              : RequestBody.create(
                  body == null ? new byte[0] : body.array(), MediaType.get(ask.type()));
      var request =
          new Request.Builder()
              .url(base + ask.path())
              .method(ask.method(), sent)
              .header("Accept", Ask.CBOR)
              .build();
      try (var response = client.newCall(request).execute()) {
        var headers = new HashMap<String, String>();
        response
            .headers()
            .forEach(
                pair -> headers.put(pair.getFirst().toLowerCase(Locale.ROOT), pair.getSecond()));
        return new Reply(
            response.code(), Map.copyOf(headers), new Bytes(response.body().bytes()), sentAt);
      } catch (IOException e) {
        throw new StoreException("no answer from " + base + ": " + e.getMessage(), e);
      }
    }

    @Override
    public Folder folder(String cache) {
      return new Folder() {
        @Override
        public CompletableFuture<Answer> ask(Op op) {
          return CompletableFuture.supplyAsync(() -> askAndWait(op), context.executor());
        }

        @Override
        public Answer askAndWait(Op op) {
          return batch(List.of(op)).get(0);
        }

        @Override
        public List<CompletableFuture<Answer>> askAll(List<? extends Op> ops) {
          return batch(ops).stream().map(CompletableFuture::completedFuture).toList();
        }

        private List<Answer> batch(List<? extends Op> ops) {
          var path = "/v1/caches/" + cache + "/batch?wait=5s";
          var reply =
              sendAndWait(
                  new Ask(
                      "POST",
                      path,
                      new Bytes(Batches.encode(ops)),
                      Ask.CBOR,
                      false,
                      java.time.Duration.ofSeconds(5)));
          if (reply.status() != 200) {
            throw new StoreException(
                "the server refused: " + new String(reply.body().array(), StandardCharsets.UTF_8),
                null);
          }
          return Batches.decode(reply.body().array(), ops.size(), reply.sentAt());
        }
      };
    }

    @Override
    public Stream stream(String path, String lastId, Listener listener) {
      var request = new Request.Builder().url(base + path);
      if (!lastId.isEmpty()) {
        request.header("Last-Event-ID", lastId);
      }
      var source =
          EventSources.createFactory(
                  client.newBuilder().callTimeout(0, java.util.concurrent.TimeUnit.SECONDS).build())
              .newEventSource(
                  request.build(),
                  new EventSourceListener() {
                    @Override
                    public void onOpen(EventSource source, Response response) {
                      listener.opened();
                    }

                    @Override
                    public void onEvent(
                        EventSource source,
                        @Nullable String id,
                        @Nullable String type,
                        String data) {
                      listener.event(id == null ? "" : id, type == null ? "" : type, data);
                    }

                    @Override
                    public void onClosed(EventSource source) {
                      listener.ended("closed");
                    }

                    @Override
                    public void onFailure(
                        EventSource source, @Nullable Throwable t, @Nullable Response response) {
                      listener.ended("" + t);
                    }
                  });
      return source::cancel;
    }

    @Override
    public void watch(Runnable hostChanged) {}

    @Override
    public void unwatch(Runnable hostChanged) {}

    @Override
    public List<String> problems() {
      return List.of();
    }

    @Override
    public Map<String, String> hosts() {
      return Map.of();
    }

    @Override
    public void release() {}
  }
}
