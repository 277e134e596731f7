/** The JSR-107 annotations in Guice. */
module dev.larder.guice {
  requires aopalliance;
  requires static org.jspecify;
  requires transitive cache.api;
  requires transitive com.google.guice;
  requires transitive dev.larder.annotations;

  exports dev.larder.guice;
}
