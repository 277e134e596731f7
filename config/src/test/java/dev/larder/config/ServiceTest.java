package dev.larder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.spi.ConfigurationSource;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The source as an engine finds it. */
final class ServiceTest {

  @Test
  void sourceIsFoundByServiceLoaderAndReadsTheProcess() {
    var sources =
        ServiceLoader.load(ConfigurationSource.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    assertEquals(
        List.of(YamlConfigurationSource.class), sources.stream().map(Object::getClass).toList());
    var configured =
        sources
            .get(0)
            .read(
                Optional.of(URI.create("classpath:service-test.yaml")),
                Map.of("defaults.policy", "sieve"),
                ServiceTest.class.getClassLoader());
    assertEquals("classpath:service-test.yaml", configured.origin());
    assertEquals(Set.of("users"), configured.names());
  }

  @Test
  void providersThatCannotBeLoadedTakeNothingAwayFromOthers() {
    var services = Services.seenBy(new BrokenRegistration());
    assertTrue(services.policies().containsAll(Set.of("lru", "sieve")));
    assertTrue(services.broken().contains("one provider could not be loaded"), services.broken());
  }

  /** A class path with a registration of a class that is not there. */
  private static final class BrokenRegistration extends ClassLoader {
    private BrokenRegistration() {
      super(ServiceTest.class.getClassLoader());
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      var found = Collections.list(super.getResources(name));
      if (name.endsWith("EvictionPolicy$Provider")) {
        found.add(0, ServiceTest.class.getResource("/broken-registration"));
      }
      return Collections.enumeration(found);
    }
  }
}
