package dev.larder.server.http.v1;

import dev.larder.server.core.BusyException;
import dev.larder.server.core.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Lets things happen once every operation has ended that was under way when they were asked for:
 * what it changed is then told, and what it did not tell since nobody wanted to know can be read.
 * Many who ask at the same time share one passage through the gate, which those who come meanwhile
 * wait for as they do for a transaction. Safe for all threads.
 */
final class Barrier {
  private final Gate gate;
  private final Executor work;
  private List<Runnable> waiting = new ArrayList<>();
  private boolean passing;

  /**
   * At that gate.
   *
   * @param work where it is waited for others to leave
   */
  Barrier(Gate gate, Executor work) {
    this.gate = gate;
    this.work = work;
  }

  /**
   * Runs it, on another thread and in the order of asking. It must be quick and throw nothing.
   *
   * @throws BusyException when there is no thread; then it will not be run
   */
  synchronized void after(Runnable task) {
    if (!passing) {
      work.execute(this::pass);
      passing = true;
    }
    waiting.add(task);
  }

  private void pass() {
    for (var due = due(); !due.isEmpty(); due = due()) {
      gate.leave(gate.enterAlone());
      due.forEach(Runnable::run);
    }
  }

  private synchronized List<Runnable> due() {
    var due = waiting;
    waiting = new ArrayList<>();
    passing = !due.isEmpty();
    return due;
  }
}
