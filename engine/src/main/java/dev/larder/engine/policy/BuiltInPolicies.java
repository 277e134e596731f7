package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy;
import dev.larder.spi.EvictionPolicy.Element;

/** The providers of the policies of this package, as {@link java.util.ServiceLoader} finds them. */
public final class BuiltInPolicies {
  private BuiltInPolicies() {}

  /** The default: rings whose shares follow the work. */
  public static final class Adaptive implements EvictionPolicy.Provider {
    @Override
    public String name() {
      return "adaptive";
    }

    @Override
    public <E extends Element> EvictionPolicy<E> create(long capacity) {
      return new AdaptivePolicy<>();
    }
  }

  /** First in, first out. */
  public static final class Fifo implements EvictionPolicy.Provider {
    @Override
    public String name() {
      return "fifo";
    }

    @Override
    public <E extends Element> EvictionPolicy<E> create(long capacity) {
      return new FifoPolicy<>(capacity);
    }
  }

  /** Least recently used. */
  public static final class Lru implements EvictionPolicy.Provider {
    @Override
    public String name() {
      return "lru";
    }

    @Override
    public <E extends Element> EvictionPolicy<E> create(long capacity) {
      return new LruPolicy<>(capacity);
    }
  }

  /** Most recently used. */
  public static final class Mru implements EvictionPolicy.Provider {
    @Override
    public String name() {
      return "mru";
    }

    @Override
    public <E extends Element> EvictionPolicy<E> create(long capacity) {
      return new MruPolicy<>(capacity);
    }
  }

  /** Least frequently used. */
  public static final class Lfu implements EvictionPolicy.Provider {
    @Override
    public String name() {
      return "lfu";
    }

    @Override
    public <E extends Element> EvictionPolicy<E> create(long capacity) {
      return new LfuPolicy<>(capacity);
    }
  }

  /** SIEVE. */
  public static final class Sieve implements EvictionPolicy.Provider {
    @Override
    public String name() {
      return "sieve";
    }

    @Override
    public <E extends Element> EvictionPolicy<E> create(long capacity) {
      return new SievePolicy<>(capacity);
    }
  }

  /** S3-FIFO. */
  public static final class S3Fifo implements EvictionPolicy.Provider {
    @Override
    public String name() {
      return "s3-fifo";
    }

    @Override
    public <E extends Element> EvictionPolicy<E> create(long capacity) {
      return new S3FifoPolicy<>(capacity);
    }
  }

  /** W-TinyLFU. */
  public static final class WTinyLfu implements EvictionPolicy.Provider {
    @Override
    public String name() {
      return "w-tinylfu";
    }

    @Override
    public <E extends Element> EvictionPolicy<E> create(long capacity) {
      return new TinyLfuPolicy<>(capacity);
    }
  }

  /** Soonest to expire first. */
  public static final class Ttl implements EvictionPolicy.Provider {
    @Override
    public String name() {
      return "ttl";
    }

    @Override
    public <E extends Element> EvictionPolicy<E> create(long capacity) {
      return new TtlPolicy<>();
    }
  }

  /** Largest weight first. */
  public static final class Size implements EvictionPolicy.Provider {
    @Override
    public String name() {
      return "size";
    }

    @Override
    public <E extends Element> EvictionPolicy<E> create(long capacity) {
      return new SizePolicy<>();
    }
  }
}
