package dev.larder.benchmarks.disk;

import dev.larder.Clock;
import dev.larder.engine.SystemClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * The process that measures one peer with values of one size. Fills it, then does what the lines of
 * its input say, {@code OPERATION THREADS MILLIS}, and answers each with {@link #ANSWER} and a
 * {@link Turn}; ends with its input.
 */
final class Worker {
  /** Begins the lines that are answers; a library may print lines of its own. */
  static final String ANSWER = "@ ";

  /** How many keys are read again and again. */
  static final int HOT = 100;

  private static final int BATCH = 100;
  private static final int OPERATIONS_PER_LOOK = 16;
  private static final Path IO = Path.of("/proc/self/io");

  private final Subject subject;
  private final int entries;
  private final byte[] value;
  private final Clock clock = SystemClock.instance();

  private Worker(Subject subject, int entries, int size) {
    this.subject = subject;
    this.entries = entries;
    this.value = new byte[size];
    new SplittableRandom(size).nextBytes(value);
  }

  /** Arguments: peer, folder, entries, size of values, entries in memory, "fill" or "find". */
  public static void main(String... arguments) throws InterruptedException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var peer = Peer.valueOf(arguments[0]);
    var entries = Integer.parseInt(arguments[2]);
    var exitCode = 1;
    var clock = SystemClock.instance();
    var begin = clock.ticks();
    try (var subject = peer.open(Path.of(arguments[1]), Integer.parseInt(arguments[4]), entries)) {
      var worker = new Worker(subject, entries, Integer.parseInt(arguments[3]));
      if (arguments[5].equals("find")) {
        var found = subject.get(key(entries / 2)) != null;
        out.println(ANSWER + new Turn(1, found ? 0 : 1, clock.ticks() - begin, 0, 0).format());
      } else {
        worker.fill();
        out.println(ANSWER + Turn.NONE.format());
        worker.serve(out);
      }
      exitCode = 0;
    } catch (RuntimeException | IOException | ExecutionException | LinkageError e) {
      e.printStackTrace(System.err);
    } finally {
      System.exit(exitCode); // a peer's threads may be no daemons
    }
  }

  /** Keys that do not come in the order of their numbers, as those of users do not. */
  static String key(int number) {
    return "user:" + Integer.toHexString(number * 0x9E3779B1) + ":" + number;
  }

  private void fill() {
    for (var from = 0; from < entries; from += BATCH) {
      putBatch(from);
    }
  }

  private void putBatch(int from) {
    var batch = new LinkedHashMap<String, byte[]>();
    for (var number = from; number < from + BATCH && number < entries; number++) {
      batch.put(key(number), value);
    }
    subject.putAll(batch);
  }

  private void serve(PrintStream out) throws IOException, InterruptedException, ExecutionException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      var words = line.split(" ");
      var turn =
          turn(Operation.valueOf(words[0]), Integer.parseInt(words[1]), Long.parseLong(words[2]));
      out.println(ANSWER + turn.format());
    }
  }

  private Turn turn(Operation operation, int threads, long millis)
      throws IOException, InterruptedException, ExecutionException {
    var pool = Executors.newFixedThreadPool(threads);
    var cpu = cpuNanos();
    var written = written();
    try {
      var work = new ArrayList<Callable<Turn>>();
      for (var thread = 0; thread < threads; thread++) {
        var random = new SplittableRandom(clock.ticks() + thread);
        work.add(() -> loop(operation, random, millis * 1_000_000));
      }
      var sum = Turn.NONE;
      for (var part : pool.invokeAll(work)) {
        sum = sum.plus(part.get());
      }
      return new Turn(
          sum.operations(), sum.missed(), sum.nanos(), cpuNanos() - cpu, written() - written);
    } finally {
      pool.shutdownNow();
    }
  }

  private Turn loop(Operation operation, SplittableRandom random, long nanos) {
    var begin = clock.ticks();
    var operations = 0L;
    var missed = 0L;
    var now = begin;
    while (now - begin < nanos) {
      for (var step = 0; step < OPERATIONS_PER_LOOK; step++) {
        missed += step(operation, random) ? 0 : 1;
      }
      operations += OPERATIONS_PER_LOOK * (operation == Operation.BATCH ? BATCH : 1L);
      now = clock.ticks();
    }
    return new Turn(operations, missed, now - begin, 0, 0);
  }

  private boolean step(Operation operation, SplittableRandom random) {
    return switch (operation) {
      case HOT_GET -> subject.get(key(random.nextInt(HOT))) != null;
      case COLD_GET -> subject.get(key(random.nextInt(entries))) != null;
      case PUT -> put(random);
      case BATCH -> {
        putBatch(random.nextInt(entries - BATCH));
        yield true;
      }
      case MIX ->
          random.nextInt(5) == 0 ? put(random) : subject.get(key(random.nextInt(entries))) != null;
    };
  }

  private boolean put(SplittableRandom random) {
    subject.put(key(random.nextInt(entries)), value);
    return true;
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  /** What the process has given to calls that write, as Linux counts it. */
  private static long written() throws IOException {
    if (!Files.isReadable(IO)) {
      return 0;
    }
    try (var lines = Files.lines(IO)) {
      return lines
          .filter(line -> line.startsWith("wchar: "))
          .mapToLong(line -> Long.parseLong(line.substring(7)))
          .findFirst()
          .orElse(0);
    }
  }
}
