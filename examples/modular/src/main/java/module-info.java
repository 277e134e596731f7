/** A program on the module path that uses Larder's own API and the standard one. */
module dev.larder.examples.modular {
  requires cache.api;
  requires dev.larder.api;

  // cache-api has no module-info that could say this; without it no provider is resolved.
  uses javax.cache.spi.CachingProvider;
}
