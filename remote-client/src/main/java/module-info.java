/** The store of the topology remote. */
module dev.larder.remote {
  requires transitive dev.larder.api;
  requires okhttp3;
  requires okhttp3.sse;
  requires okio;
  requires kotlin.stdlib;
  requires tools.jackson.core;
  requires tools.jackson.dataformat.cbor;
  requires static org.jspecify;

  exports dev.larder.remote;

  uses dev.larder.remote.Credentials;

  provides dev.larder.spi.StoreProvider with
      dev.larder.remote.RemoteStoreProvider;
}
