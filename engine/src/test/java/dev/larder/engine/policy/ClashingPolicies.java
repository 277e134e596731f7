package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy;

/** Providers that only the class loaders of {@link PolicyRegistryTest} register. */
final class ClashingPolicies {
  private ClashingPolicies() {}

  /** Takes the name of a policy of Larder. */
  public static final class AnotherLru implements EvictionPolicy.Provider {
    @Override
    public String name() {
      return "lru";
    }

    @Override
    public <E extends EvictionPolicy.Element> EvictionPolicy<E> create(long capacity) {
      return new NewestLeavesPolicy<>();
    }
  }

  /** Cannot be made. */
  public static final class Unmakable implements EvictionPolicy.Provider {
    public Unmakable() {
      throw new UnsupportedOperationException("the licence has run out");
    }

    @Override
    public String name() {
      return "unmakable";
    }

    @Override
    public <E extends EvictionPolicy.Element> EvictionPolicy<E> create(long capacity) {
      return new NewestLeavesPolicy<>();
    }
  }
}
