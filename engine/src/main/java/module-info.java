/**
 * The cache front, the memory store and the eviction policies. Applications use it through
 * dev.larder.api.
 */
@SuppressWarnings("module") // the provider that may see the engine is built after it
module dev.larder.engine {
  requires transitive dev.larder.api;
  requires static transitive org.jspecify;

  exports dev.larder.engine to
      dev.larder.jcache;

  uses dev.larder.spi.CodecProvider;
  uses dev.larder.spi.ConfigurationSource;
  uses dev.larder.spi.EvictionPolicy.Provider;
  uses dev.larder.spi.StoreProvider;

  provides dev.larder.LarderFactory with
      dev.larder.engine.EngineFactory;
}
