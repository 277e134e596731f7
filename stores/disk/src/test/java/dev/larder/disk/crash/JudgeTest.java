package dev.larder.disk.crash;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.disk.crash.Acknowledgements.Kind;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge of the kills sees what it is there to see. */
class JudgeTest {
  private static final int KEY = Hand.id(Subject.PLAIN, 0);
  private static final int GROUP = Hand.id(Subject.GROUPS, 0);
  private static final int COUNTER = Hand.id(Subject.COUNTERS, 1);
  private static final long NO_LOSS = -1;
  private static final long ANY_LOSS = Long.MAX_VALUE / 2;

  @TempDir private Path folder;
  private Acknowledgements log;

  @BeforeEach
  void open() {
    log = Acknowledgements.at(folder.resolve("log"));
  }

  private int begin(int number, Kind kind, int mask, long sequence) {
    return log.begin(0, number, kind, mask, sequence, 0);
  }

  private void done(int number, Kind kind, int mask, long sequence) {
    log.end(begin(number, kind, mask, sequence));
  }

  private void judge(long window, Map<Integer, Long> found) {
    log.beat();
    new Judge(log, Map.of(), window).checkAll(found);
  }

  private void assertRefused(long window, Map<Integer, Long> found, String saying) {
    var refused = assertThrows(AssertionError.class, () -> judge(window, found));
    assertTrue(refused.getMessage().contains(saying), refused::getMessage);
  }

  @Test
  void anAcknowledgedOperationMustBeThere() {
    done(KEY, Kind.PUT, 0, 1);
    done(KEY, Kind.PUT, 0, 2);
    begin(KEY, Kind.PUT, 0, 3);
    judge(NO_LOSS, Map.of(KEY, 2L));
    judge(NO_LOSS, Map.of(KEY, 3L));
    assertRefused(NO_LOSS, Map.of(KEY, 1L), "plain 0 holds 1, but 2 was acknowledged");
    assertRefused(NO_LOSS, Map.of(), "plain 0 holds 0, but 1 was acknowledged");
  }

  @Test
  void insideTheWindowOlderStatesWillDoButNoStrangeOnes() {
    done(KEY, Kind.PUT, 0, 1);
    done(KEY, Kind.REMOVE, 0, 0);
    done(KEY, Kind.PUT, 0, 3);
    for (long sequence = 0; sequence <= 3; sequence++) {
      var found = Map.of(KEY, sequence);
      if (sequence == 2) {
        assertRefused(ANY_LOSS, found, "never held");
      } else {
        judge(ANY_LOSS, found);
      }
    }
  }

  @Test
  void aRemovedEntryMustNotComeBack() {
    done(KEY, Kind.PUT, 0, 1);
    done(KEY, Kind.REMOVE, 0, 0);
    judge(NO_LOSS, Map.of());
    assertRefused(NO_LOSS, Map.of(KEY, 1L), "plain 0 holds 1, but 0 was acknowledged");
  }

  @Test
  void aBatchIsThereAsAWholeOrNotAtAll() {
    done(GROUP, Kind.BATCH, 0b1111, 1);
    begin(GROUP, Kind.BATCH, 0b0101, 2);
    judge(NO_LOSS, Map.of(GROUP, 1L, GROUP + 1, 1L, GROUP + 2, 1L, GROUP + 3, 1L));
    judge(NO_LOSS, Map.of(GROUP, 2L, GROUP + 2, 2L));
    assertRefused(NO_LOSS, Map.of(GROUP, 2L, GROUP + 1, 1L, GROUP + 2, 2L), "torn at groups 0");
    assertRefused(ANY_LOSS, Map.of(GROUP, 1L), "torn at groups 0");
  }

  @Test
  void aCountIsBetweenWhatIsDoneAndWhatWasBegun() {
    log.end(begin(COUNTER, Kind.COUNT, 0, 0), 1);
    log.end(begin(COUNTER, Kind.COUNT, 0, 0), 2);
    begin(COUNTER, Kind.COUNT, 0, 0);
    judge(NO_LOSS, Map.of(COUNTER, 2L));
    judge(NO_LOSS, Map.of(COUNTER, 3L));
    judge(ANY_LOSS, Map.of());
    assertRefused(NO_LOSS, Map.of(COUNTER, 1L), "counters 1 is 1");
    assertRefused(ANY_LOSS, Map.of(COUNTER, 4L), "counters 1 is 4");
  }

  @Test
  void aProcessMustFindWhatWasThereBefore() {
    done(KEY, Kind.SEEN, 0, 0);
    var refused =
        assertThrows(AssertionError.class, () -> new Judge(log, Map.of(KEY, 7L), ANY_LOSS));
    assertTrue(refused.getMessage().contains("held 7 when checked, 0"), refused::getMessage);
    assertDoesNotThrow(() -> new Judge(log, Map.of(), ANY_LOSS));
  }

  @Test
  void valuesOfOtherKeysAndChangedOnesAreTold() {
    var value = Stamp.text("a", 5);
    assertTrue(Stamp.sequence("a", value) == 5);
    assertThrows(AssertionError.class, () -> Stamp.sequence("b", value));
    assertThrows(AssertionError.class, () -> Stamp.sequence("a", value.replaceFirst("5", "6")));
    assertTrue(Stamp.sequence(3, Stamp.number(3, 1_000_007)) == 1_000_007);
    assertThrows(AssertionError.class, () -> Stamp.sequence(4, Stamp.number(3, 1_000_007)));
  }
}
