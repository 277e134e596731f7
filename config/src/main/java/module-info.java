/** Reads {@code larder.yaml}, environment variables and system properties. */
module dev.larder.config {
  requires static org.jspecify;
  requires transitive dev.larder.api;
  requires org.snakeyaml.engine;
  requires tools.jackson.core;
  requires tools.jackson.dataformat.yaml;

  exports dev.larder.config;

  uses dev.larder.spi.EvictionPolicy.Provider;
  uses dev.larder.spi.StoreProvider;

  provides dev.larder.spi.ConfigurationSource with
      dev.larder.config.YamlConfigurationSource;
}
