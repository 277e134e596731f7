package dev.larder.guice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.annotations.NamedModules;
import dev.larder.guice.modular.Program;
import org.junit.jupiter.api.Test;

/** The module in a JVM of its own, resolved from the module path with all that it needs. */
class ModulePathTest {

  @Test
  void annotationsWorkInNamedModules() throws Exception {
    assertEquals(
        "soup 1, soup 1 by module dev.larder.guice",
        NamedModules.run(
            "guice|guava|failureaccess|aopalliance|jakarta.inject-api",
            "dev.larder.guice,dev.larder.jcache",
            Program.class));
  }
}
