package dev.larder.config;

import dev.larder.spi.ConfigurationSource;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads {@code larder.yaml} and lays environment variables, system properties and overrides over
 * it, the later winning; docs/reference.md lists every key. Found with {@link
 * java.util.ServiceLoader}; applications need not name it.
 *
 * <p>Safe for all threads. Reading takes milliseconds and happens once for a manager; what is
 * returned is immutable and reads nothing again. An unknown variable that begins with {@code
 * LARDER_} is logged as a warning; everything else that is wrong is listed in one {@link
 * dev.larder.ConfigurationException}.
 */
public final class YamlConfigurationSource implements ConfigurationSource {
  private final Supplier<Surroundings> surroundings;
  private final Consumer<String> warnings;

  /** Of the process: its environment and system properties at the time of each reading. */
  public YamlConfigurationSource() {
    this(
        Surroundings::ofProcess,
        message -> System.getLogger("dev.larder.config").log(Level.WARNING, message));
  }

  /** Of other surroundings. */
  YamlConfigurationSource(Supplier<Surroundings> surroundings, Consumer<String> warnings) {
    this.surroundings = surroundings;
    this.warnings = warnings;
  }

  /** {@inheritDoc} Aliases, tags, second documents and files over 1 MiB are refused. */
  @Override
  public Configured read(Optional<URI> uri, Map<String, String> overrides, ClassLoader loader) {
    var around = surroundings.get();
    var mistakes = new Mistakes();
    var draft = new Draft(mistakes);
    var services = Services.seenBy(loader);
    var schema = new Schema(services.topologies());
    var file = Location.find(uri, around, loader);
    file.flatMap(found -> tree(found, mistakes))
        .ifPresent(root -> new FileLayer(schema, draft).read(root));
    new EnvironmentLayer(schema, draft, warnings).read(around);
    new PropertyLayer(schema, draft, Layer.PROPERTY).readPrefixed(around.properties());
    new PropertyLayer(schema, draft, Layer.OVERRIDE).read("", overrides);
    new Rules(draft, services).check();
    mistakes.throwIfAny();
    var origin = file.map(Location.Found::name).orElse("built-in defaults");
    return new LoadedConfiguration(draft, schema, origin);
  }

  private static Optional<Node> tree(Location.Found file, Mistakes mistakes) {
    return Utf8.text(file.name(), file.bytes(), mistakes)
        .flatMap(text -> YamlTree.read(file.name(), text, mistakes));
  }
}
