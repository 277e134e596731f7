package dev.larder.disk.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process at work is killed with SIGKILL at a random moment, again and again on one file.
 * Forbidden: a file that does not open or is set aside, an acknowledged operation lost that was
 * acknowledged longer ago than the mode says, a value a key never had, half a batch, a wrong count.
 *
 * <p>The window of the modes that commit at intervals is the interval itself, the {@link
 * #ALLOWANCE}, since a commit takes time too and starts late on a busy machine, and twice the
 * longest pause that the process itself saw, when the machine did not let it run. {@code
 * larder.soak.kills} sets the kills in each mode, {@code larder.soak.seed} the seed.
 */
@Timeout(value = 60, unit = java.util.concurrent.TimeUnit.MINUTES)
class KillTest {
  private static final int KILLS = Integer.getInteger("larder.soak.kills", 2);
  private static final long SEED = Long.getLong("larder.soak.seed", 20_261_121);
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration ALLOWANCE = Duration.ofMillis(400);

  /** Files get old and are replaced, so that young ones are killed too. */
  private static final int KILLS_OF_A_FILE = 8;

  @TempDir private Path temporary;
  private long oldestLoss;

  @ParameterizedTest
  @ValueSource(strings = {"interval", "each-write", "none"})
  void whatWasAcknowledgedIsThereAfterAKill(String durability) throws Exception {
    var random = new Random(SEED + durability.hashCode());
    for (int done = 0; done < KILLS; done += KILLS_OF_A_FILE) {
      var file = new Generations(durability, random.nextLong(), done);
      for (int i = 0; i < Math.min(KILLS_OF_A_FILE, KILLS - done); i++) {
        try {
          file.next();
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError(
              String.format(
                  Locale.ROOT, "-Dlarder.soak.seed=%d, %s, kill %d", SEED, durability, done + i),
              e);
        }
      }
      file.delete();
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d kills, the oldest acknowledged operation that was lost was %.1f ms old%n",
        durability,
        KILLS,
        oldestLoss / 1e6);
  }

  /** One file through several processes. */
  private final class Generations {
    private final String durability;
    private final Random random;
    private final Path folder;
    private Map<Integer, Long> before = Map.of();
    private int generation;
    private long wall = 1;

    Generations(String durability, long seed, int number) throws IOException {
      this.durability = durability;
      this.random = new Random(seed);
      this.folder = Files.createDirectory(temporary.resolve(durability + number));
    }

    void next() throws Exception {
      var acknowledgements = temporary.resolve(durability + ".acknowledged");
      Files.deleteIfExists(acknowledgements);
      var killed = run(acknowledgements);
      var log = Acknowledgements.at(acknowledgements);
      var judge = new Judge(log, before, killed ? window(log) : -1);
      // A process that ended before its first beat has done nothing, in no time.
      wall = Math.max(wall, log.lastBeatWall());
      if (random.nextBoolean()) {
        before = inspect(folder, judge);
      } else {
        var copy = Folder.copy(folder, temporary.resolve("copy"));
        before = inspect(copy, judge);
        Folder.delete(copy);
      }
      oldestLoss = Math.max(oldestLoss, judge.oldestLoss());
      generation++;
    }

    private long window(Acknowledgements log) {
      return durability.equals("each-write")
          ? -1
          : INTERVAL.plus(ALLOWANCE).toNanos() + 2 * log.longestPause();
    }

    /** Whether the process was killed; the last one of some files closes in order instead. */
    private boolean run(Path acknowledgements) throws Exception {
      try (var child =
          Child.start(
              Load.class,
              folder.resolve("caches.db").toString(),
              acknowledgements.toString(),
              Long.toString(random.nextLong() >>> 16),
              "disk.durability=" + durability)) {
        if (generation % 4 == 3) {
          return close(child.awaitWord("READY"));
        }
        if (random.nextInt(6) == 0 && generation > 0) {
          child.awaitWord("OPENING").run(random.nextInt(300));
        } else {
          child.awaitWord("READY").run(20 + random.nextInt(800));
        }
        child.kill();
        return true;
      }
    }

    private boolean close(Child child) throws Exception {
      child.run(random.nextInt(300));
      child.tell("close");
      child.awaitWord("CLOSED");
      assertEquals(0, child.exit(), child::output);
      return false;
    }

    private Map<Integer, Long> inspect(Path where, Judge judge) {
      try (var open =
          new Inspection(where.resolve("caches.db"), wall, Map.of("disk.durability", durability))) {
        open.assertWell();
        var found = open.found();
        judge.checkAll(found);
        open.assertCounted(found);
        open.assertWorks();
        open.assertWell();
        return found;
      }
    }

    void delete() throws IOException {
      Folder.delete(folder);
    }
  }
}
