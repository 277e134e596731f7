package dev.larder.engine;

import dev.larder.CacheSpec;
import dev.larder.spi.ConfigurationSource.Configured;
import java.util.Optional;
import java.util.Set;

/** No configuration: descriptions are complete as they are. */
enum BuiltIn implements Configured {
  INSTANCE;

  @Override
  public Set<String> names() {
    return Set.of();
  }

  @Override
  public boolean mentions(String name) {
    return false;
  }

  @Override
  public <K, V> CacheSpec<K, V> complete(CacheSpec<K, V> spec) {
    return spec;
  }

  @Override
  public Optional<String> setting(String path) {
    return Optional.empty();
  }

  @Override
  public String origin() {
    return "built-in defaults";
  }
}
