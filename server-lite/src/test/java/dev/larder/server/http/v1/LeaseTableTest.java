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
  private final Queue<Runnable> work = new ArrayDeque<>();
  private final List<Grant> granted = new ArrayList<>();
  private final List<RuntimeException> refused = new ArrayList<>();
  private boolean busy;
  private LeaseTable table;

  @BeforeEach
  void make() {
    table =
        new LeaseTable(
            api.database(),
            new VirtualScheduler(api.server().clock()),
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
      void change() {}

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
