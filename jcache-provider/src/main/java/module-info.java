/** The standard JCache API (JSR-107) over Larder. */
module dev.larder.jcache {
  requires dev.larder.engine;
  requires java.management;
  requires jdk.unsupported; // how objects are made without their constructors, see Allocation
  requires static org.jspecify;
  requires transitive cache.api;
  requires transitive dev.larder.api;

  exports dev.larder.jcache;

  provides javax.cache.spi.CachingProvider with
      dev.larder.jcache.LarderCachingProvider;
}
