package dev.larder.benchmarks.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.engine.policy.PolicyRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulateTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path loop = Path.of("");

  @BeforeEach
  void writeTrace() throws IOException {
    System.setProperty("java.awt.headless", "true");
    loop = lines("loop.txt", IntStream.range(0, 1_000).map(i -> i % 100));
  }

  @Test
  void printsATableOfHitRatios() {
    assertEquals(0, run("--trace", loop, "--policy", "lru,opt", "--size", "50,100%"));

    assertTrue(out.toString().contains("loop: 1,000 accesses to 100 keys"), out.toString());
    assertTrue(row("lru").matches("lru +0\\.00 +90\\.00"), row("lru"));
    assertTrue(row("opt").matches("opt +4\\d\\.\\d\\d +90\\.00"), row("opt"));
  }

  @Test
  void everyPolicyOfTheRegistryAndEveryPeerIsThere() {
    assertEquals(0, run("--trace", loop, "--size", "50"));

    var names = new ArrayList<>(PolicyRegistry.of(getClass().getClassLoader()).names());
    names.addAll(
        List.of("caffeine", "cache2k", "arc", "lirs", "clock-pro", "frd", "opt", "w-tinylfu"));
    names.forEach(name -> assertFalse(row(name).isEmpty(), name));
  }

  /** Its end is cut off, so that only who stops before it complains of the line. */
  @Test
  void aPackedLineWithoutAnEndIsRefusedBeforeItIsReadWhole() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var packed = new GZIPOutputStream(bytes)) {
      packed.write("a\n".getBytes(StandardCharsets.UTF_8));
      packed.write("a".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
    }
    var file = folder.resolve("endless.txt.gz");
    Files.write(file, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 8));

    assertEquals(2, run("--trace", file, "--policy", "lru", "--size", "50"));
    assertTrue(err.toString().contains(file + " line 2 is no key: longer than"), err.toString());
  }

  @Test
  void anUnknownPolicyIsRefusedWithTheKnownOnes() {
    refused("--policy nope: unknown; known are adaptive, fifo, ", "--policy", "lru,nope");
    assertTrue(err.toString().contains("caffeine, cache2k"), err.toString());
    assertTrue(err.toString().contains("groups: all, larder"), err.toString());
  }

  @Test
  void aSizeThatGivesNoEntryIsRefused() {
    refused("--size 0: must be one entry or more; allowed are entries", "--size", "0");
    refused("--size 0.0001% of loop (100 keys) is less than one entry", "--size", "0.0001%");
  }

  @Test
  void ofSeveralTracesOneMayBeTooSmallForASizeButNotAll() throws IOException {
    var large = lines("large.txt", IntStream.range(0, 5_000));
    assertEquals(0, run("--trace", loop, "--trace", large, "--policy", "lru", "--size", "0.1%"));
    assertTrue(err.toString().contains("0.1% of loop (100 keys)"), err.toString());
    assertTrue(out.toString().contains("Summary of 1 cells"), out.toString());

    refused("no trace is large enough", "--trace", large, "--size", "0.0001%");
  }

  @Test
  void badNumbersAndFormatsAreRefused() {
    refused("--threads 0: allowed are 1 to 256", "--threads", "0");
    refused("--split 1: allowed are 2 to 256", "--split", "1");
    refused("--min-capacity 0: must be 1 or more", "--min-capacity", "0");
    refused("--format zip: allowed are auto, u64 (", "--format", "zip");
    assertEquals(2, run("--trace", loop, "--threads", "many"));
    assertEquals(2, run("--policy", "lru"));
  }

  @Test
  void outputsThatCannotBeWrittenAreRefusedBeforeTheReplay() {
    var nowhere = folder.resolve("no/where.csv");
    refused("--csv " + nowhere + ": there is no folder", "--csv", nowhere);
    refused("--png " + folder + ": is a folder", "--png", folder);
    assertEquals("", out.toString());
  }

  @Test
  void aFolderWithoutTracesIsRefused() throws IOException {
    var empty = Files.createDirectory(folder.resolve("empty"));
    assertEquals(2, run("--trace", empty));
    assertTrue(err.toString().contains("no trace in this folder"), err.toString());
  }

  @Test
  void aFolderIsReadInOrderWithASummary() throws IOException {
    lines("again.txt", IntStream.range(0, 1_000).map(i -> i % 50));
    Files.writeString(folder.resolve("README.md"), "not a trace");

    assertEquals(0, run("--trace", folder, "--policy", "lru,fifo,opt,caffeine", "--size", "10%"));

    var text = out.toString();
    assertTrue(text.indexOf("again: ") < text.indexOf("loop: "), text);
    assertTrue(text.contains("Summary of 2 cells (traces at sizes), 2 traces"), text);
    assertTrue(text.contains("MRR"), text);
  }

  @Test
  void writesCsvAndAPicture() throws IOException {
    var csv = folder.resolve("out.csv");
    var png = folder.resolve("out.png");
    assertEquals(
        0, run("--trace", loop, "--policy", "lru", "--size", "10,100", "--csv", csv, "--png", png));

    assertEquals(
        """
        trace,policy,size,capacity,keys,accesses,hits,hit_ratio,weight_miss_ratio
        loop,lru,10,10,100,1000,0,0.000000,1.000000
        loop,lru,100,100,100,1000,900,0.900000,0.100000
        """,
        Files.readString(csv));
    assertTrue(ImageIO.read(png.toFile()).getWidth() >= 600);
  }

  @Test
  void onePointMakesAPictureToo() throws IOException {
    var png = folder.resolve("out.png");
    assertEquals(0, run("--trace", loop, "--policy", "lru", "--size", "10", "--png", png));
    assertTrue(ImageIO.read(png.toFile()).getHeight() > 0);
  }

  @Test
  void weightsAreBoundedAndTheirMissesCounted() throws IOException {
    var trace = folder.resolve("w.txt");
    Files.writeString(trace, "a 10\nb 30\na 10\nb 30\nc 60\na 10\nb 30\nhuge 900\na 10\n");

    assertEquals(
        0,
        run(
            "--trace",
            trace,
            "--format",
            "weighted",
            "--policy",
            "lru,caffeine,cache2k",
            "--size",
            "100"));

    assertTrue(row("lru").matches("lru +55\\.56"), row("lru"));
    assertTrue(out.toString().contains("of weight 1,000"), out.toString());
    assertTrue(out.toString().contains("weight missed, %"), out.toString());
    refusedWith(
        "--policy arc: no weights, but w has them",
        "--trace",
        trace,
        "--format",
        "weighted",
        "--policy",
        "arc");
  }

  @Test
  void aRealCacheIsAskedByOneThreadAndByMany() {
    assertEquals(
        0, run("--trace", loop, "--policy", "lru,caffeine", "--size", "100%", "--split", "4"));

    assertTrue(
        out.toString()
            .lines()
            .anyMatch(l -> l.matches("lru +100% +90\\.00 +[89]\\d\\.\\d\\d +[-+]\\d\\.\\d\\d")),
        out.toString());
  }

  @Test
  void quietKeepsTheErrorStreamEmpty() {
    assertEquals(0, run("--trace", loop, "--policy", "lru", "--size", "10", "--quiet"));
    assertEquals("", err.toString());
  }

  @Test
  void threadsChangeNothingInTheResult() throws IOException {
    var one = folder.resolve("one.csv");
    var four = folder.resolve("four.csv");
    run("--trace", loop, "--size", "7,30%", "--policy", "larder", "--threads", "1", "--csv", one);
    run("--trace", loop, "--size", "7,30%", "--policy", "larder", "--threads", "4", "--csv", four);

    assertEquals(Files.readString(one), Files.readString(four));
  }

  private void refused(String complaint, Object... options) {
    var all = new ArrayList<Object>(List.of("--trace", loop));
    all.addAll(List.of(options));
    refusedWith(complaint, all.toArray());
  }

  private void refusedWith(String complaint, Object... options) {
    assertEquals(2, run(options), err.toString());
    assertTrue(err.toString().contains("larder simulate: " + complaint), err.toString());
  }

  private int run(Object... options) {
    var words = List.of(options).stream().map(Object::toString).toArray(String[]::new);
    return Simulate.command()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words);
  }

  /** The first line of the output that begins with this word. */
  private String row(String word) {
    return out.toString()
        .lines()
        .filter(line -> line.startsWith(word + " "))
        .findFirst()
        .orElse("");
  }

  private Path lines(String name, IntStream keys) throws IOException {
    return Files.writeString(
        folder.resolve(name), keys.mapToObj(k -> "k" + k).collect(Collectors.joining("\n")));
  }
}
