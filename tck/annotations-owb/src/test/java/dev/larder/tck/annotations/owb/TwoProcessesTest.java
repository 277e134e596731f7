package dev.larder.tck.annotations.owb;

import dev.larder.tck.annotations.TwoProcessesContract;
import dev.larder.tck.support.Place;
import java.io.IOException;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Annotated methods of OpenWebBeans in two processes. */
@EnabledIfSystemProperty(named = Place.TOPOLOGY, matches = "remote")
class TwoProcessesTest extends TwoProcessesContract {
  TwoProcessesTest() throws IOException {
    super(OpenWebBeansPeer.class);
  }
}
