package dev.larder.benchmarks.disk;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB as it comes: with its log, not forced. */
final class RocksSubject implements Subject {
  private final Options options;
  private final WriteOptions writing;
  private final RocksDB database;

  RocksSubject(Path folder) {
    RocksDB.loadLibrary();
    writing = new WriteOptions();
    options = new Options().setCreateIfMissing(true);
    try {
      database = RocksDB.open(options, folder.resolve("rocks").toString());
    } catch (RocksDBException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte @Nullable [] get(String key) {
    try {
      return database.get(bytes(key));
    } catch (RocksDBException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void put(String key, byte[] value) {
    try {
      database.put(writing, bytes(key), value);
    } catch (RocksDBException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void putAll(Map<String, byte[]> entries) {
    try (var batch = new WriteBatch()) {
      for (var entry : entries.entrySet()) {
        batch.put(bytes(entry.getKey()), entry.getValue());
      }
      database.write(writing, batch);
    } catch (RocksDBException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    database.close();
    writing.close();
    options.close();
  }
}
