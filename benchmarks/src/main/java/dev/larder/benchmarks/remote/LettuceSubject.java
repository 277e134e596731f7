package dev.larder.benchmarks.remote;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Lettuce with one connection, which it shares among threads. */
final class LettuceSubject implements Subject {
  private final RedisClient client;
  private final StatefulRedisConnection<String, byte[]> connection;

  LettuceSubject(int port) {
    client = RedisClient.create("redis://127.0.0.1:" + port);
    connection = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
  }

  @Override
  public byte @Nullable [] get(String key) {
    return connection.sync().get(key);
  }

  @Override
  public void put(String key, byte[] value) {
    connection.sync().set(key, value);
  }

  @Override
  public CompletionStage<byte @Nullable []> getLater(String key) {
    return connection.async().get(key);
  }

  @Override
  public int getAll(Collection<String> keys) {
    var found = connection.sync().mget(keys.toArray(String[]::new));
    return (int) found.stream().filter(value -> value.hasValue()).count();
  }

  @Override
  public void putAll(Map<String, byte[]> entries) {
    connection.sync().mset(entries);
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
