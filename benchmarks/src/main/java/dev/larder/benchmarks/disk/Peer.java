package dev.larder.benchmarks.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** What is measured. */
enum Peer {
  LARDER("Larder"),
  SQLITE("SQLite"),
  ROCKSDB("RocksDB"),
  EHCACHE("Ehcache"),
  MEMORY("Larder, no disk");

  private final String title;

  Peer(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Opens it.
   *
   * @param inMemory how many entries a tier of memory may hold
   * @param entries how many there will be
   */
  Subject open(Path folder, int inMemory, int entries) throws IOException {
    return switch (this) {
      case LARDER -> LarderSubject.onDisk(folder, inMemory);
      case MEMORY -> LarderSubject.inMemory(entries);
      case SQLITE -> new SqliteSubject(folder);
      case ROCKSDB -> new RocksSubject(folder);
      case EHCACHE -> new EhcacheSubject(folder, inMemory);
    };
  }

  /** Whether it can be asked for this. */
  boolean does(Operation operation) {
    return this != MEMORY || operation == Operation.HOT_GET;
  }

  boolean onDisk() {
    return this != MEMORY;
  }
}
