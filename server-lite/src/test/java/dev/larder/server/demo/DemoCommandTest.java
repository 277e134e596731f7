package dev.larder.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.testkit.VirtualClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DemoCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      new CommandLine(new DemoCommand(new VirtualClock()))
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(err, true));

  @ParameterizedTest
  @CsvSource({
    "--rows, 0, 1000000",
    "--rows, 1000001, 1000000",
    "--entries, -5, 1000000",
    "--entries, 0, 1000000",
    "--passes, 0, 131",
    "--passes, 132, 131"
  })
  void numberOutOfRangeEndsWithTwoAndNamesWhatIsAllowed(String option, int value, int maximum) {
    assertEquals(2, command.execute(option, String.valueOf(value)));
    assertEquals(
        "larder demo: "
            + option
            + " "
            + value
            + ": allowed are whole numbers from 1 to "
            + maximum
            + System.lineSeparator(),
        err.toString());
    assertEquals("", out.toString());
  }

  @ParameterizedTest
  @CsvSource({"--rows, many", "--rows, 99999999999", "--entries, 1.5"})
  void textForANumberEndsWithTwoAndNamesTheOption(String option, String value) {
    assertEquals(2, command.execute(option, value));
    assertTrue(
        err.toString().startsWith("Invalid value for option '" + option + "'"), err::toString);
  }

  @Test
  void unknownOptionEndsWithTwo() {
    assertEquals(2, command.execute("--colour"));
    assertTrue(err.toString().startsWith("Unknown option: '--colour'"), err::toString);
  }

  @Test
  void missingTraceFileEndsWithTwo() {
    assertEquals(2, command.execute("--trace", "no/such/file"));
    assertTrue(err.toString().contains("no such file; a trace is a gzip"), err::toString);
  }

  @Test
  void helpNamesTheLicenceOfTheExample() {
    assertEquals(0, command.execute("--help"));
    assertTrue(out.toString().contains("CC BY 4.0"), out::toString);
  }
}
