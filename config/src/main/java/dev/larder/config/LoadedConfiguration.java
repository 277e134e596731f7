package dev.larder.config;

import dev.larder.CacheSpec;
import dev.larder.spi.ConfigurationSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A configuration that was read and found right. Immutable. */
final class LoadedConfiguration implements ConfigurationSource.Configured {
  private final Map<String, Given> top;
  private final Map<String, Given> fill;
  private final Map<NamePattern, Map<String, Given>> sections;
  private final String origin;

  LoadedConfiguration(Draft draft, Schema schema, String origin) {
    top = Map.copyOf(draft.top());
    sections = new TreeMap<>(NamePattern.NARROWEST_FIRST);
    draft.caches().forEach((name, keys) -> sections.put(new NamePattern(name), Map.copyOf(keys)));
    var open = new TreeMap<>(draft.defaults());
    top.forEach(
        (path, given) -> {
          if (path.equals(Keys.TOPOLOGY) || schema.isOption(path)) {
            open.put(path, given);
          }
        });
    fill = Map.copyOf(open);
    this.origin = origin;
  }

  @Override
  public Set<String> names() {
    var names = new TreeSet<String>();
    sections.keySet().stream()
        .filter(NamePattern::exact)
        .map(NamePattern::text)
        .forEach(names::add);
    return Collections.unmodifiableSet(names);
  }

  @Override
  public boolean mentions(String name) {
    return !speakingOf(name).isEmpty();
  }

  @Override
  public <K, V> CacheSpec<K, V> complete(CacheSpec<K, V> spec) {
    return new Completion<>(spec, speakingOf(spec.name()), fill).run();
  }

  /** The sections that speak of a cache, the narrowest first. */
  private List<Map<String, Given>> speakingOf(String name) {
    return sections.entrySet().stream()
        .filter(
            each ->
                each.getKey().exact()
                    ? each.getKey().text().equals(name)
                    : each.getKey().fits(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public Optional<String> setting(String path) {
    return Optional.ofNullable(top.get(path)).map(given -> given.value().toString());
  }

  @Override
  public String origin() {
    return origin;
  }
}
