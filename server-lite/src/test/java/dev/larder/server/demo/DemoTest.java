package dev.larder.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.server.console.Progress;
import dev.larder.testkit.VirtualClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The demo from end to end: a real database, the real provider, a short trace. */
class DemoTest {
  @TempDir Path folder;

  @Test
  void cacheThatHoldsEverythingSavesAllButTheFirstQueryOfEachProduct() throws Exception {
    var report = demo(trace(40, 120), new Demo.Settings(50, 50, 2, false));
    assertEquals(240, report.plain().latencies().count());
    assertEquals(240, report.cached().latencies().count());
    assertEquals(40, report.queries());
    assertEquals(40, report.held());
    assertTrue(report.same());
  }

  @Test
  void cacheStaysWithinItsBoundAndStillReturnsTheSameData() throws Exception {
    var report = demo(trace(40, 120), new Demo.Settings(50, 5, 1, false));
    assertTrue(report.queries() > 40 && report.queries() <= 120, "queries " + report.queries());
    assertTrue(report.held() <= 5, "held " + report.held());
    assertTrue(report.same());
  }

  @Test
  void withADiskEachProductIsQueriedOnceHoweverFewFitInMemory() throws Exception {
    var report = demo(trace(40, 120), new Demo.Settings(50, 5, 1, true));
    assertEquals(40, report.queries());
    assertTrue(report.held() <= 5, "held in memory " + report.held());
    assertTrue(report.same());
    var disk = report.tiers().get(1);
    assertEquals(40, disk.size());
    assertEquals(80, report.tiers().get(0).hits() + disk.hits());
    assertTrue(disk.hits() > 40, () -> "answered on disk " + disk.hits());
  }

  @Test
  void heapHeldIsThatOfTheProductsInTheCache() throws Exception {
    var report = demo(trace(2_000, 2_000), new Demo.Settings(2_000, 2_000, 1, false));
    var perProduct = report.bytes() / 2_000;
    assertTrue(perProduct > 1_000 && perProduct < 3_000, "bytes for a product " + perProduct);
  }

  @Test
  void secondDemoInOneProcessWorksLikeTheFirst() throws Exception {
    assertEquals(40, demo(trace(40, 80), new Demo.Settings(50, 50, 1, false)).queries());
    assertEquals(40, demo(trace(40, 80), new Demo.Settings(50, 50, 1, false)).queries());
  }

  @Test
  void commandPrintsFourPlainLinesAndTheResultWithoutATerminal() throws Exception {
    var file = folder.resolve("access.txt");
    Files.writeString(file, "/a\n/b\n/a\n/c\n/a\n");
    var out = new StringWriter();
    var exitCode =
        command(out).execute("--rows", "20", "--passes", "2", "--trace", file.toString());
    var lines = out.toString().lines().toList();
    assertEquals(0, exitCode);
    assertEquals("Through Larder (10)", lines.get(3));
    assertEquals("access.txt: 10 look-ups of 3 pages, 20 products, a cache of 5,000", lines.get(5));
    assertTrue(out.toString().contains("database queries                      10               3"));
    assertTrue(out.toString().contains("Both runs returned the same data"), out::toString);
    assertTrue(lines.get(lines.size() - 1).startsWith("Try next:"), out::toString);
  }

  @Test
  void noProgressLeavesTheResultOnly() throws Exception {
    var file = folder.resolve("access.txt");
    Files.writeString(file, "/a\n/a\n");
    var out = new StringWriter();
    assertEquals(
        0, command(out).execute("--no-progress", "--rows", "5", "--trace", file.toString()));
    assertTrue(out.toString().stripLeading().startsWith("access.txt: 2 look-ups"), out::toString);
  }

  private static CommandLine command(StringWriter out) {
    return new CommandLine(new DemoCommand(new VirtualClock())).setOut(new PrintWriter(out, true));
  }

  private static Report demo(Trace trace, Demo.Settings settings) throws Exception {
    return new Demo(trace, settings, new VirtualClock()).run(Progress.silent());
  }

  private static Trace trace(int pages, int requests) {
    var trace = new Trace.Collector();
    IntStream.range(0, requests).map(i -> i % pages).forEach(trace::add);
    return trace.finish("test");
  }
}
