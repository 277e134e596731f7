/** The JSR-107 annotations in Guice. */
module dev.larder.guice {
  requires aopalliance;
  // Guice is an automatic module, which cannot say that it needs these two.
  requires com.google.common;
  requires jakarta.inject;
  requires static org.jspecify;
  requires transitive cache.api;
  requires transitive com.google.guice;
  requires transitive dev.larder.annotations;

  exports dev.larder.guice;
}
