package dev.larder.engine;

import dev.larder.CacheSpec;
import dev.larder.Codec;
import dev.larder.ConfigurationException;
import dev.larder.spi.CodecProvider;
import dev.larder.spi.Codecs;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;

/**
 * The codecs of one cache. Simple types need none; for others the option {@code codec} chooses:
 * {@code java} for serialization behind an allow-list, to which {@code serial-allow} adds patterns,
 * or the name of a {@link CodecProvider}.
 */
final class EngineCodecs implements Codecs {
  private final CacheSpec<?, ?> spec;
  private final ClassLoader loader;
  private final SerialFilter filter;

  EngineCodecs(CacheSpec<?, ?> spec, ClassLoader loader) {
    this.spec = spec;
    this.loader = loader;
    this.filter =
        new SerialFilter(patterns(spec.placement().options().getOrDefault("serial-allow", "")));
    filter.allow(spec.keyType());
    filter.allow(spec.valueType());
  }

  private static List<String> patterns(String listed) {
    return Arrays.stream(listed.split(","))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  @Override
  @SuppressWarnings("unchecked") // a codec of Object gives back what it was given
  public <T> Codec<T> forType(Class<T> type) {
    var raw = RawCodecs.forType(type);
    if (raw != null) {
      return raw;
    }
    var choice = spec.placement().options().getOrDefault("codec", "");
    if (TaggedCodec.knows(type) || (choice.isEmpty() && type == Object.class)) {
      return (Codec<T>) new TaggedCodec(type, null);
    }
    return switch (choice) {
      case "java" -> (Codec<T>) new TaggedCodec(type, new SerialCodec<>(filter, loader));
      case "" ->
          throw new ConfigurationException(
              "cache '"
                  + spec.name()
                  + "': there is no codec for "
                  + type.getName()
                  + "; choose one with the option codec: "
                  + known());
      default -> provided(choice, type);
    };
  }

  private <T> Codec<T> provided(String name, Class<T> type) {
    for (var provider : ServiceLoader.load(CodecProvider.class, loader)) {
      if (provider.name().equals(name)) {
        return provider.codec(type);
      }
    }
    throw new ConfigurationException(
        "cache '"
            + spec.name()
            + "': there is no codec named '"
            + name
            + "'; allowed here: "
            + known());
  }

  private String known() {
    var names = new TreeSet<String>();
    names.add("java");
    ServiceLoader.load(CodecProvider.class, loader).forEach(provider -> names.add(provider.name()));
    return String.join(", ", names) + " (json and cbor come with dev.larder:larder-codec)";
  }
}
