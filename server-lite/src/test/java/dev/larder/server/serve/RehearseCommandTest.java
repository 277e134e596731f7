package dev.larder.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RehearseCommandTest {
  private final StringWriter err = new StringWriter();

  @Test
  void everyRequestIsAnsweredAndTheServerEnds() {
    var line = new CommandLine(new RehearseCommand()).setErr(new PrintWriter(err, true));
    assertEquals(0, line.execute(), err::toString);
  }
}
