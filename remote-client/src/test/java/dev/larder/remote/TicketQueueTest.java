package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.remote.RemoteOptions.Room;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class TicketQueueTest {
  private static final long DEADLINE = 1_000_000_000;

  private static Ticket ticket(String key) {
    return Ticket.waiting(TestOp.get(key), DEADLINE);
  }

  @Test
  void whileAnswersComeQuicklyOneRequestIsUnderWay() {
    var queue = new TicketQueue(2, Room.STANDARD);
    queue.answered(TicketQueue.SWIFT / 2);
    var first = ticket("a");
    assertEquals(List.of(first), queue.enter(first));
    assertNull(queue.enter(ticket("b")));
  }

  @Test
  void whileAnswersTakeTimeAsManyRequestsAreUnderWayAsAreAllowed() {
    var queue = new TicketQueue(2, Room.STANDARD);
    queue.answered(TicketQueue.SWIFT * 10);
    assertEquals(1, entered(queue, "a"));
    assertEquals(1, entered(queue, "b"));
    assertNull(queue.enter(ticket("c")));
  }

  private static int entered(TicketQueue queue, String key) {
    var all = queue.enter(ticket(key));
    return all == null ? 0 : all.size();
  }

  @Test
  void theFirstInTheQueueSendsWhatIsQueuedBesideARequestThatHangs() {
    var queue = new TicketQueue(2, Room.STANDARD);
    queue.answered(TicketQueue.SWIFT / 2);
    assertEquals(1, entered(queue, "a"));
    var first = ticket("b");
    var second = ticket("c");
    assertNull(queue.enter(first));
    assertNull(queue.enter(second));
    assertTrue(first.watches());
    assertFalse(second.watches());
    assertEquals(List.of(first, second), queue.insist(first));
    assertNull(queue.insist(second), "it is under way already");
    var third = ticket("d");
    assertNull(queue.enter(third));
    assertTrue(third.watches());
    assertNull(queue.insist(third), "no more than two at a time");
  }

  @Test
  void aPlaceMoreThanAnswersMakeWorthWhileGoesOnWhileSomethingIsQueued() {
    var queue = new TicketQueue(2, Room.STANDARD);
    queue.answered(TicketQueue.SWIFT / 2);
    assertEquals(1, entered(queue, "hangs"));
    var beside = ticket("b");
    assertNull(queue.enter(beside));
    assertEquals(List.of(beside), queue.insist(beside));
    var next = ticket("c");
    assertNull(queue.enter(next));
    assertEquals(next, queue.handOn(), "left to a request that hangs");
  }

  @Test
  void anOperationThatNobodyWaitsForGoesBesideARequestThatHangsToo() {
    var queue = new TicketQueue(2, Room.STANDARD);
    queue.answered(TicketQueue.SWIFT / 2);
    assertEquals(1, entered(queue, "hangs"));
    var later = Ticket.later(TestOp.get("b"), DEADLINE, new CompletableFuture<>());
    assertFalse(queue.add(later));
    assertTrue(queue.first(later), "it is not watched");
    assertTrue(queue.insistLater(later));
    assertEquals(List.of(later), queue.drain(null));
    assertFalse(queue.insistLater(later), "it is under way already");
  }
}
