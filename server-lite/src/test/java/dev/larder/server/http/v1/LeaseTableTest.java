package dev.larder.server.http.v1;

import static dev.larder.server.http.v1.ApiServer.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.server.core.BusyException;
import dev.larder.server.http.ProblemException;
import dev.larder.testkit.VirtualScheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaseTableTest {
  private final ApiServer api = new ApiServer();
  private final VirtualScheduler scheduler = new VirtualScheduler(api.server().clock());
  private final Queue<Runnable> work = new ArrayDeque<>();
  private final List<Grant> granted = new ArrayList<>();
  private final List<RuntimeException> refused = new ArrayList<>();
  private boolean busy;
  private int changed;
  private LeaseTable table;

  @BeforeEach
  void make() {
    table =
        new LeaseTable(
            api.database(),
            scheduler,
            task -> {
              if (busy) {
                throw new BusyException("busy", new IllegalStateException());
              }
              work.add(task);
            },
            new AtomicLong()::incrementAndGet,
            () -> "id");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Waiter.Leaser leaser() {
    return new Waiter.Leaser(1_000) {
      @Override
      void granted(Grant grant) {
        granted.add(grant);
      }

      @Override
      void refused(RuntimeException why) {
        refused.add(why);
      }
    };
  }

  private Waiter.Changer changer() {
    return new Waiter.Changer() {
      @Override
      void change() {
        changed++;
      }

      @Override
      void refused(RuntimeException why) {
        refused.add(why);
      }
    };
  }

  @Test
  void whoeverComesWhenTooManyWaitIsRefused() {
    for (var i = 0; i <= LeaseTable.MOST; i++) {
      table.enter(key("a"), 1_000, leaser());
    }
    assertEquals(LeaseTable.MOST, table.waiting());
    var why = assertThrows(ProblemException.class, () -> table.enter(key("a"), 1, changer()));
    assertEquals("too-many", why.code());
    assertEquals(LeaseTable.MOST, why.members().get("limit"));
  }

  /** Forbidden: a line of thousands overflows the stack, or somebody in it is forgotten. */
  @Test
  void whenThereIsNoThreadEverybodyInLineIsTold() {
    table.enter(key("a"), 1_000, leaser());
    work.remove().run();
    for (var i = 0; i < LeaseTable.MOST; i++) {
      table.enter(key("a"), 1_000, i % 2 == 0 ? leaser() : changer());
    }
    busy = true;
    table.release(key("a"), granted.get(0).id());
    assertEquals(LeaseTable.MOST, refused.size());
    assertEquals(0, table.waiting());
    assertEquals(0, table.left(key("a")));
    busy = false;
    table.enter(key("a"), 1_000, leaser());
    work.remove().run();
    assertEquals(2, granted.size());
  }

  private Waiter.Leaser held() {
    var holder = leaser();
    table.enter(key("a"), 1_000, holder);
    work.remove().run();
    return holder;
  }

  /** Forbidden: their timers, and with them their requests, stay until their time. */
  @Test
  void thousandsThatAreWithdrawnLeaveNothingBehind() {
    held();
    var waiters = new ArrayList<Waiter>();
    for (var i = 0; i < LeaseTable.MOST; i++) {
      waiters.add(i % 2 == 0 ? leaser() : changer());
      table.enter(key("a"), 1_000, waiters.get(i));
    }
    waiters.forEach(waiter -> table.withdraw(key("a"), waiter));
    assertEquals(0, table.waiting());
    assertEquals(LeaseTable.MOST, refused.size());
    assertEquals(1, scheduler.pending(), "that of the lease");
  }

  /** Forbidden: a lease that has not quite begun when its client goes lasts. */
  @Test
  void oneThatIsWithdrawnWhileItsLeaseBeginsHasNone() {
    var first = leaser();
    table.enter(key("a"), 1_000, first);
    table.enter(key("a"), 1_000, leaser());
    table.withdraw(key("a"), first);
    assertEquals(2, work.size(), "the next one's turn has come");
    work.remove().run();
    assertEquals(1, refused.size());
    work.remove().run();
    assertEquals(1, granted.size());
    table.release(key("a"), granted.get(0).id());
    assertEquals(0, scheduler.pending());
  }

  @Test
  void oneThatIsWithdrawnAfterItWasGivenTheLeaseEndsIt() {
    var holder = held();
    table.enter(key("a"), 1_000, leaser());
    table.withdraw(key("a"), holder);
    work.remove().run();
    assertEquals(2, granted.size());
    table.withdraw(key("a"), holder);
    assertEquals(Grant.Stage.HELD, granted.get(1).stage());
  }

  @Test
  void oneThatIsWithdrawnBeforeItComesIsRefused() {
    var early = changer();
    table.withdraw(key("a"), early);
    table.enter(key("a"), 1_000, early);
    assertEquals(1, refused.size());
    assertEquals(0, scheduler.pending());
  }

  /** Forbidden: a change is made and refused. */
  @Test
  void aChangeWhoseTurnHasComeIsMadeAlthoughItIsWithdrawn() {
    var holder = held();
    var changer = changer();
    table.enter(key("a"), 1_000, changer);
    table.withdraw(key("a"), holder);
    table.withdraw(key("a"), changer);
    work.remove().run();
    assertEquals(1, changed);
    assertEquals(List.of(), refused);
  }

  @Test
  void aTableThatWasClosedTakesNobody() {
    table.enter(key("a"), 1_000, leaser());
    table.enter(key("a"), 1_000, changer());
    table.close();
    assertEquals(1, refused.size());
    assertThrows(ProblemException.class, () -> table.enter(key("b"), 1, leaser()));
    assertThrows(ProblemException.class, () -> table.commit(key("a"), "id", null));
  }
}
