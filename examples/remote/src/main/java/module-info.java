/** A program that shares a cache with other processes; the client is found when it runs. */
module dev.larder.examples.remote {
  requires dev.larder.api;
  requires static org.jspecify;
}
