package dev.larder.benchmarks.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** What single operations cost without folding: OkHttp as it comes, a request for each. */
final class PlainSubject implements Subject {
  private static final MediaType BYTES = MediaType.get("application/octet-stream");

  private final OkHttpClient client;
  private final String entries;

  PlainSubject(int port, int threads) {
    client =
        new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(threads, 5, TimeUnit.MINUTES))
            .build();
    entries = "http://127.0.0.1:" + port + "/v1/caches/default/entries/";
  }

  @Override
  public byte @Nullable [] get(String key) {
    var request = new Request.Builder().url(entries + key).build();
    try (var response = client.newCall(request).execute()) {
      var body = response.body().bytes();
      return response.code() == 200 ? body : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void put(String key, byte[] value) {
    var request =
        new Request.Builder().url(entries + key).put(RequestBody.create(value, BYTES)).build();
    try (var response = client.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw new IOException("a put was answered " + response.code());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int getAll(Collection<String> keys) {
    throw new UnsupportedOperationException("singles only");
  }

  @Override
  public void putAll(Map<String, byte[]> all) {
    all.forEach(this::put);
  }

  @Override
  public void close() {
    client.connectionPool().evictAll();
  }
}
