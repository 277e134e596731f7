package dev.larder.remote;

import dev.larder.CacheSpec;
import dev.larder.Placement;
import dev.larder.spi.Bytes;
import dev.larder.spi.Context;
import dev.larder.spi.Payload;
import dev.larder.spi.Store;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.StoreProvider;
import java.util.Set;

/** Opens stores of the topology {@code remote}: entries in a Larder server. */
public final class RemoteStoreProvider implements StoreProvider {
  /** The word in descriptions. */
  public static final String TOPOLOGY = "remote";

  /** For {@link java.util.ServiceLoader}. */
  public RemoteStoreProvider() {}

  @Override
  public String topology() {
    return TOPOLOGY;
  }

  @Override
  public boolean holdsBytes() {
    return true;
  }

  @Override
  public Set<String> names(Placement placement, Context context) {
    try (var caches = RemoteCaches.of(placement.topology(), placement, context)) {
      return caches.names();
    }
  }

  @Override
  public void destroy(CacheSpec<?, ?> spec, Context context) {
    try (var caches = RemoteCaches.of(spec.name(), spec.placement(), context)) {
      caches.destroy(spec.name());
    }
  }

  @Override
  @SuppressWarnings("unchecked") // a provider that holds bytes is asked for nothing else
  public <K, V> Store<K, V> open(CacheSpec<?, ?> spec, StoreEvents<K, V> events, Context context) {
    return (Store<K, V>) RemoteStore.open(spec, (StoreEvents<Bytes, Payload>) events, context);
  }
}
