/** The core of the JSR-107 annotations: any container, any JCache provider. */
module dev.larder.annotations {
  requires static dev.larder.api; // loads that processes share, where the provider is Larder's
  requires static org.jspecify;
  requires transitive cache.api;

  exports dev.larder.annotations;
}
