/** The JSR-107 annotations in Jakarta CDI. */
module dev.larder.cdi {
  requires static org.jspecify;
  requires transitive cache.api;
  requires transitive dev.larder.annotations;
  requires transitive jakarta.cdi;

  // The container makes the interceptors and looks at them.
  exports dev.larder.cdi;

  opens dev.larder.cdi;

  provides jakarta.enterprise.inject.spi.Extension with
      dev.larder.cdi.CacheExtension;
}
