package dev.larder.testkit.far;

import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import dev.larder.Placement;
import dev.larder.spi.Bytes;
import dev.larder.spi.Context;
import dev.larder.spi.Payload;
import dev.larder.spi.Store;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.StoreProvider;
import java.util.Set;
import java.util.TreeSet;

/**
 * Opens stores of the topology {@code far}. Options: {@code far.region}, the name of the {@link
 * FarRegion}; {@code far.keep}, {@code true} unless said otherwise: {@code false} drops the data
 * when the last store of the cache is closed.
 */
public final class FarStoreProvider implements StoreProvider {
  /** The word in descriptions. */
  public static final String TOPOLOGY = "far";

  /** The option that names the region. */
  public static final String REGION = "far.region";

  /** The option that says whether data outlives the stores. */
  public static final String KEEP = "far.keep";

  private static final Set<String> OPTIONS = Set.of(REGION, KEEP);

  /** For {@link java.util.ServiceLoader}. */
  public FarStoreProvider() {}

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
    return new TreeSet<>(region(placement).names());
  }

  @Override
  public void destroy(CacheSpec<?, ?> spec, Context context) {
    region(spec.placement()).destroy(spec.name());
  }

  @Override
  @SuppressWarnings("unchecked") // a provider that holds bytes is asked for nothing else
  public <K, V> Store<K, V> open(CacheSpec<?, ?> spec, StoreEvents<K, V> events, Context context) {
    return (Store<K, V>) openBytes(spec, (StoreEvents<Bytes, Payload>) events, context);
  }

  private static FarStore openBytes(
      CacheSpec<?, ?> spec, StoreEvents<Bytes, Payload> events, Context context) {
    var options = spec.placement().options();
    for (var option : options.keySet()) {
      if (option.startsWith("far.") && !OPTIONS.contains(option)) {
        throw new ConfigurationException(
            "cache '"
                + spec.name()
                + "': unknown option "
                + option
                + "; allowed: "
                + String.join(", ", new TreeSet<>(OPTIONS)));
      }
    }
    var keep = Boolean.parseBoolean(options.getOrDefault(KEEP, "true"));
    return FarStore.open(spec, region(spec.placement()), keep, events, context);
  }

  private static FarRegion region(Placement placement) {
    return FarRegion.of(placement.options().getOrDefault(REGION, FarRegion.DEFAULT));
  }
}
