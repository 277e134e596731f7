package dev.larder.benchmarks.remote;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A client under measurement, through its own API. Used by several threads. */
interface Subject extends AutoCloseable {
  byte @Nullable [] get(String key);

  void put(String key, byte[] value);

  /** As {@link #get}, without waiting. */
  default CompletionStage<byte @Nullable []> getLater(String key) {
    throw new UnsupportedOperationException(getClass() + " always waits");
  }

  /** How many of the keys were found, in one call of the client. */
  int getAll(Collection<String> keys);

  /** In one call of the client. */
  void putAll(Map<String, byte[]> entries);

  /** A read of a copy in this process; only for clients that keep any. */
  default @Nullable Long copy(Long key) {
    throw new UnsupportedOperationException(getClass() + " keeps no copy of " + key);
  }

  /** A counter as the client of that number sees it; only for Larder. */
  default Counter counter(int client) {
    throw new UnsupportedOperationException(getClass() + " has no counter for " + client);
  }

  /** Numbers that change by user code. */
  interface Counter {
    /** Adds one, by code that runs in this process while nobody else changes the key. */
    void addWithLease(String key);

    /** Adds one, by reading and replacing until nobody else changed the key in between. */
    void addWithRetries(String key);

    long value(String key);
  }

  @Override
  void close();
}
