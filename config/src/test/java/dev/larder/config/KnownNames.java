package dev.larder.config;

import dev.larder.CacheSpec;
import dev.larder.Placement;
import dev.larder.spi.Context;
import dev.larder.spi.EvictionPolicy;
import dev.larder.spi.Store;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.StoreProvider;
import java.util.Set;

/** Providers that are on the class path of the tests for their names alone. */
final class KnownNames {
  private KnownNames() {}

  /** A policy. */
  public static final class Lru extends Policy {
    public Lru() {
      super("lru");
    }
  }

  /** A policy. */
  public static final class Sieve extends Policy {
    public Sieve() {
      super("sieve");
    }
  }

  /** A store of a word the documentation knows. */
  public static final class Disk extends Stores {
    public Disk() {
      super("disk");
    }
  }

  /** A store of a word the documentation knows. */
  public static final class Remote extends Stores {
    public Remote() {
      super("remote");
    }
  }

  /** A store of a word nobody knows beforehand. */
  public static final class Attic extends Stores {
    public Attic() {
      super("attic");
    }
  }

  private abstract static class Policy implements EvictionPolicy.Provider {
    private final String name;

    Policy(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public <E extends EvictionPolicy.Element> EvictionPolicy<E> create(long capacity) {
      throw new UnsupportedOperationException("a name only");
    }
  }

  private abstract static class Stores implements StoreProvider {
    private final String topology;

    Stores(String topology) {
      this.topology = topology;
    }

    @Override
    public String topology() {
      return topology;
    }

    @Override
    public boolean holdsBytes() {
      return false;
    }

    @Override
    public Set<String> names(Placement placement, Context context) {
      return Set.of();
    }

    @Override
    public void destroy(CacheSpec<?, ?> spec, Context context) {}

    @Override
    public <K, V> Store<K, V> open(
        CacheSpec<?, ?> spec, StoreEvents<K, V> events, Context context) {
      throw new UnsupportedOperationException("a name only");
    }
  }
}
