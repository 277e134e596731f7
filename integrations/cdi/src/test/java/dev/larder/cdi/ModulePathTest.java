package dev.larder.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.annotations.NamedModules;
import dev.larder.cdi.modular.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The module in a JVM of its own, resolved from the module path with all that it needs. */
@EnabledIfSystemProperty(
    named = "larder.test.container",
    matches = "OpenWebBeans",
    disabledReason = "Weld 6 does not run as a module")
class ModulePathTest {

  @Test
  void annotationsWorkInNamedModules() throws Exception {
    assertEquals(
        "soup 1, soup 1 by module dev.larder.cdi",
        NamedModules.run(
            "jakarta.enterprise.[a-z.-]*|jakarta.[a-z]*-api|openwebbeans-[a-z]*|xbean-[a-z0-9]*-shaded",
            "dev.larder.cdi,dev.larder.jcache",
            Program.class));
  }
}
