/** Contract suites, virtual time and fakes for tests of Larder and of programs that use it. */
module dev.larder.testkit {
  requires transitive dev.larder.api;
  requires static org.jspecify;

  exports dev.larder.testkit;
  exports dev.larder.testkit.far;

  provides dev.larder.spi.StoreProvider with
      dev.larder.testkit.far.FarStoreProvider;
}
