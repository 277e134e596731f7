package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cache bounded by bytes keeps, when full, within a tenth of that on the heap. */
class ByteBudgetTest {
  private static final Pattern KEPT = Pattern.compile("kept (\\d+) .*");

  @ParameterizedTest
  @EnumSource
  void theHeapAFullCacheKeepsIsWithinATenthOfTheBudget(ByteBudget.Mix mix)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ByteBudget.class.getName(),
                mix.name())
            .redirectErrorStream(true)
            .start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    var kept = KEPT.matcher(output.strip());
    assertTrue(kept.matches(), output);
    var share = Double.parseDouble(kept.group(1)) / ByteBudget.BUDGET;
    assertTrue(share > 0.9 && share < 1.1, () -> mix + ": " + share + " of the budget, " + output);
  }
}
