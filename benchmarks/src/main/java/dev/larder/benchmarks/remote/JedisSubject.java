package dev.larder.benchmarks.remote;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisClient;

/** Jedis with a pool of as many connections as there are threads. */
final class JedisSubject implements Subject {
  private final RedisClient client;

  JedisSubject(int port, int threads) {
    var pool = new GenericObjectPoolConfig<Connection>();
    pool.setMaxTotal(threads);
    pool.setMaxIdle(threads);
    client = RedisClient.builder().hostAndPort("127.0.0.1", port).poolConfig(pool).build();
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte @Nullable [] get(String key) {
    return client.get(bytes(key));
  }

  @Override
  public void put(String key, byte[] value) {
    client.set(bytes(key), value);
  }

  @Override
  public int getAll(Collection<String> keys) {
    var found = client.mget(keys.stream().map(JedisSubject::bytes).toArray(byte[][]::new));
    return (int) found.stream().filter(value -> value != null).count();
  }

  @Override
  public void putAll(Map<String, byte[]> entries) {
    var all = new ArrayList<byte[]>(2 * entries.size());
    entries.forEach(
        (key, value) -> {
          all.add(bytes(key));
          all.add(value);
        });
    client.mset(all.toArray(byte[][]::new));
  }

  @Override
  public void close() {
    client.close();
  }
}
