/** Contract suites, virtual time and fakes for tests of Larder and of programs that use it. */
module dev.larder.testkit {
  requires transitive dev.larder.api;
  requires transitive java.logging;
  requires transitive java.sql;
  requires transitive org.junit.jupiter.api;
  requires static jdk.jfr;
  requires static org.jspecify;

  exports dev.larder.testkit;
  exports dev.larder.testkit.contract;
  exports dev.larder.testkit.disk;
  exports dev.larder.testkit.far;
  exports dev.larder.testkit.reference;

  provides dev.larder.spi.StoreProvider with
      dev.larder.testkit.far.FarStoreProvider;
}
