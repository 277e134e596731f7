package dev.larder.tck.annotations.guice;

import dev.larder.tck.annotations.TwoProcessesContract;
import dev.larder.tck.support.Place;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Annotated methods of Guice in two processes. */
@Tag("smoke")
@EnabledIfSystemProperty(named = Place.TOPOLOGY, matches = "remote")
class TwoProcessesTest extends TwoProcessesContract {
  TwoProcessesTest() throws IOException {
    super(GuicePeer.class);
  }
}
