/**
 * The cache front, the memory store and the eviction policies. Applications use it through
 * dev.larder.api.
 */
@SuppressWarnings("module") // the provider that may see the engine is built after it
module dev.larder.engine {
  requires transitive dev.larder.api;
  requires static org.jspecify;

  exports dev.larder.engine to
      dev.larder.jcache;

  uses dev.larder.spi.CodecProvider;
  uses dev.larder.spi.ConfigurationSource;
  uses dev.larder.spi.EvictionPolicy.Provider;
  uses dev.larder.spi.StoreProvider;

  provides dev.larder.LarderFactory with
      dev.larder.engine.EngineFactory;
  provides dev.larder.spi.EvictionPolicy.Provider with
      dev.larder.engine.policy.BuiltInPolicies.Adaptive,
      dev.larder.engine.policy.BuiltInPolicies.Fifo,
      dev.larder.engine.policy.BuiltInPolicies.Lru,
      dev.larder.engine.policy.BuiltInPolicies.Mru,
      dev.larder.engine.policy.BuiltInPolicies.Lfu,
      dev.larder.engine.policy.BuiltInPolicies.Sieve,
      dev.larder.engine.policy.BuiltInPolicies.S3Fifo,
      dev.larder.engine.policy.BuiltInPolicies.WTinyLfu,
      dev.larder.engine.policy.BuiltInPolicies.Ttl,
      dev.larder.engine.policy.BuiltInPolicies.Size;
}
