package dev.larder.disk.crash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.larder.CacheException;
import dev.larder.Health;
import dev.larder.testkit.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files are damaged at random places, those of a process that was killed and those of one that
 * closed in order, and opened. Forbidden: any value that the key never had, an older one than the
 * undamaged files give unless the log of commits itself was cut, a loss that nobody is told of, a
 * cache that does not work after it was opened, and a refusal to open for any reason but that the
 * file does not look like ours any more. {@code larder.soak.damage} sets the rounds, {@code
 * larder.soak.seed} the seed.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class DamageTest {
  private static final int ROUNDS = Integer.getInteger("larder.soak.damage", 48);
  private static final int FIRST = Integer.getInteger("larder.soak.damage.first", 0);
  private static final long SEED = Long.getLong("larder.soak.seed", 20_261_121);
  private static final String DATABASE = "caches.db";
  private static final List<Damage> KINDS = List.of(Damage.values());
  private static final List<String> REFUSALS =
      List.of(
          "is not a Larder file",
          "belongs to another application",
          "written by a newer version",
          "is in the way");

  @TempDir private static Path temporary;
  private static Source killed;
  private static Source closed;

  /** Files as a process left them, and what is in them while they are whole. */
  private record Source(
      String name, Path folder, Judge history, Map<Integer, Long> truth, long wall) {}

  private final Map<String, Integer> outcomes = new TreeMap<>();

  @BeforeAll
  static void makeFiles() throws Exception {
    killed = source("killed", true);
    closed = source("closed", false);
  }

  private static Source source(String name, boolean kill) throws Exception {
    var folder = Files.createDirectory(temporary.resolve(name));
    var log = temporary.resolve(name + ".acknowledged");
    try (var child =
        Child.start(Load.class, folder.resolve(DATABASE).toString(), log.toString(), "" + SEED)) {
      child.awaitWord("READY").run(400);
      if (kill) {
        child.kill();
      } else {
        child.tell("close");
        child.awaitWord("CLOSED").exit();
      }
    }
    var acknowledged = Acknowledgements.at(log);
    var history = new Judge(acknowledged, Map.of(), Long.MAX_VALUE / 2);
    var wall = acknowledged.lastBeatWall();
    var copy = Folder.copy(folder, temporary.resolve("whole"));
    try (var open = new Inspection(copy.resolve(DATABASE), wall, Map.of())) {
      open.assertWell();
      return new Source(name, folder, history, open.found(), wall);
    } finally {
      Folder.delete(copy);
    }
  }

  @Test
  void noDamageGivesAWrongValue() throws Exception {
    for (int round = FIRST; round < FIRST + ROUNDS; round++) {
      var copy = temporary.resolve("copy");
      var damaged = damaged(round, copy);
      try {
        outcomes.merge(opened(damaged, copy), 1, Integer::sum);
      } catch (AssertionError | RuntimeException e) {
        var kept = Path.of("target", "damage-" + SEED + "-" + round);
        throw new AssertionError(
            damaged.what + " in " + damaged(round, kept).source.name + ", kept as " + kept, e);
      }
      Folder.delete(copy);
    }
    System.out.println("damage of " + ROUNDS + " copies: " + outcomes);
  }

  /**
   * What was damaged.
   *
   * @param log whether it was the log of commits
   * @param told whether a loss must be told: not where the log lost its end, nor where a whole
   *     page, right in itself, lies in the place of another, which only a scan could find out
   * @param what file and damage
   */
  private record Damaged(Source source, boolean log, boolean told, String what) {}

  /** Copies files and damages one, each round in its own way. */
  private static Damaged damaged(int round, Path copy) throws IOException {
    var random = new Random(SEED * 1_000_003 + round);
    var source = random.nextInt(3) > 0 ? killed : closed;
    var files = Folder.files(Folder.copy(source.folder, copy));
    var file = files.get(random.nextInt(files.size()));
    var damage = KINDS.get(random.nextInt(KINDS.size()));
    damage.to(file, random);
    var log = file.toString().endsWith("-wal");
    var told = !log && damage != Damage.MISPLACE;
    return new Damaged(source, log, told, damage + " of " + file.getFileName());
  }

  private String opened(Damaged damaged, Path copy) throws IOException {
    var bytes = Files.readAllBytes(copy.resolve(DATABASE));
    try (var logged = new LogCapture("dev.larder");
        var open = new Inspection(copy.resolve(DATABASE), damaged.source.wall, Map.of())) {
      return checked(damaged, copy, open, logged);
    } catch (CacheException e) {
      var message = String.valueOf(e.getMessage());
      assertTrue(message.contains(DATABASE), message);
      assertTrue(REFUSALS.stream().anyMatch(message::contains), () -> "refused: " + e);
      assertArrayEquals(bytes, Files.readAllBytes(copy.resolve(DATABASE)), "left as it is");
      return "refused";
    }
  }

  private String checked(Damaged damaged, Path copy, Inspection open, LogCapture logged)
      throws IOException {
    var source = damaged.source;
    var found = open.found();
    if (damaged.log) {
      source.history.checkKnown(found);
    } else {
      found.forEach(
          (number, sequence) ->
              assertEquals(source.truth.get(number), sequence, () -> Judge.shown(number)));
    }
    open.iterateAll();
    open.assertWorks();
    var health = open.health();
    var aside =
        Folder.files(copy).stream()
            .anyMatch(file -> file.getFileName().toString().contains(".ruined-"));
    if (aside) {
      assertTrue(
          logged.count("ruined") > 0, () -> "nobody logged that the file was ruined: " + health);
      assertTrue(
          health.status() != Health.Status.HEALTHY && health.toString().contains("ruined"),
          () -> "health does not say that the file was ruined: " + health);
    }
    var missing = new HashMap<>(source.truth);
    missing.keySet().removeAll(found.keySet());
    if (!missing.isEmpty() && damaged.told && health.status() == Health.Status.HEALTHY) {
      fail(missing.size() + " entries are missing and nobody is told: " + health);
    }
    return aside ? "set aside" : missing.isEmpty() ? "nothing lost" : "entries lost";
  }
}
