/** Meters of Larder's caches for Micrometer. */
module dev.larder.micrometer {
  requires transitive dev.larder.api;
  requires transitive micrometer.core;
  requires static cache.api;
  requires static org.jspecify;

  exports dev.larder.micrometer;
}
