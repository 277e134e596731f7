package dev.larder.disk;

import dev.larder.spi.Bytes;
import dev.larder.spi.Lease;
import dev.larder.spi.Payload;
import dev.larder.spi.Result;
import dev.larder.spi.Step;
import dev.larder.spi.Unit;
import dev.larder.spi.Update;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs verbs on entries, one or several together, each on keys that it holds meanwhile. */
final class Writes {
  private final Entries entries;
  private final Flusher flusher;
  private final Evictor evictor;

  Writes(Entries entries, Flusher flusher, Evictor evictor) {
    this.entries = entries;
    this.flusher = flusher;
    this.evictor = evictor;
  }

  /** Runs one verb; one with user code runs once, the key held by a lease. */
  <A, R extends @Nullable Object> Result<R> run(
      Bytes key, Update<A, Payload, R> update, A argument) {
    if (!update.pure()) {
      return leased(key, update, argument);
    }
    flusher.beforeWrite();
    Result<R> result;
    Cell cell;
    Generation in;
    var hold = entries.locks().lock(key);
    try {
      cell = entries.cell(key);
      while (true) {
        try {
          result = step(cell, update, argument);
          in = cell.changed() ? entries.publish(cell) : null;
          if (in != null || !cell.changed()) {
            break;
          }
          cell = entries.cell(key);
        } catch (Vanished e) {
          cell = new Cell(entries, key, true);
        }
      }
    } finally {
      entries.locks().unlock(hold);
    }
    written(cell, in);
    return result;
  }

  private <A, R extends @Nullable Object> Result<R> step(
      Cell cell, Update<A, Payload, R> update, A argument) {
    var now = entries.clock().exact();
    cell.begin(now);
    var slot = new DiskSlot(cell, now);
    var value = update.apply(argument, slot);
    cell.apply(slot.end(), now);
    return Result.of(value, cell.changedAt(), cell.after());
  }

  /** After the keys are free: makes a change safe, and room for it. */
  void written(Cell cell, @Nullable Generation in) {
    if (in == null) {
      entries.settle(cell);
      return;
    }
    flusher.afterWrite(in);
    evictor.afterWrite(cell.row());
  }

  /** What could not leave while its key was held may have to now. */
  void released() {
    if (!entries.overlay().closed()) {
      evictor.afterWrite(null);
    }
  }

  private <A, R extends @Nullable Object> Result<R> leased(
      Bytes key, Update<A, Payload, R> update, A argument) {
    var lease = lease(key);
    try {
      var value = update.apply(argument, lease.slot());
      var change = dev.larder.spi.WaitingStore.join(lease.commit());
      return Result.of(value, change == null ? 0 : change.version());
    } finally {
      lease.release();
    }
  }

  /** Holds the key for user code. */
  Lease<Payload> lease(Bytes key) {
    flusher.beforeWrite();
    var hold = entries.locks().lock(key);
    try {
      var now = entries.clock().exact();
      var cell = new Cell(entries, key, true);
      cell.begin(now);
      if (cell.changed()) {
        // One whose time has run out leaves at once, so that the user sees none.
        entries.publish(cell);
        cell = new Cell(entries, key, true);
      }
      return new DiskLease(entries, this, cell, hold, now);
    } catch (RuntimeException | Error e) {
      entries.locks().unlock(hold);
      throw e;
    }
  }

  /** Runs the steps in order and puts all they did into force at once. */
  List<Result<?>> runAll(List<Step<Bytes, Payload>> steps, Unit unit) {
    if (steps.isEmpty()) {
      return List.of();
    }
    for (var step : steps) {
      if (!step.update().pure()) {
        throw new IllegalArgumentException("a verb with user code is no step of a batch");
      }
    }
    flusher.beforeWrite();
    var batch = new Batch(steps, unit);
    var keys = steps.stream().map(Step::key).distinct().toList();
    var holds = entries.locks().lockAll(keys);
    try {
      batch.run();
    } finally {
      holds.forEach(entries.locks()::unlock);
    }
    if (batch.in != null) {
      flusher.afterWrite(batch.in);
      var last = batch.cells.get(steps.get(steps.size() - 1).key());
      evictor.afterWrite(last == null ? null : last.row());
    }
    return batch.results;
  }

  /** Steps on their way. */
  private final class Batch {
    private final List<Step<Bytes, Payload>> steps;
    private final Unit unit;
    private Map<Bytes, Cell> cells = Map.of();
    private List<Result<?>> results = List.of();
    private @Nullable Generation in;

    Batch(List<Step<Bytes, Payload>> steps, Unit unit) {
      this.steps = steps;
      this.unit = unit;
    }

    void run() {
      var whole = entries.events().wanted();
      while (true) {
        try {
          attempt(whole);
          var changed = cells.values().stream().filter(Cell::changed).toList();
          in = changed.isEmpty() ? null : entries.publishAll(changed);
          if (in != null || changed.isEmpty()) {
            cells.values().forEach(entries::settle);
            return;
          }
        } catch (Vanished e) {
          whole = true;
        }
      }
    }

    private void attempt(boolean whole) {
      cells = new LinkedHashMap<>();
      results = new ArrayList<>(steps.size());
      for (var step : steps) {
        results.add(result(step, whole));
      }
    }

    private Result<?> result(Step<Bytes, Payload> step, boolean whole) {
      try {
        var cell = cells.get(step.key());
        if (cell == null) {
          cell = new Cell(entries, step.key(), whole);
          cells.put(step.key(), cell);
        }
        var now = entries.clock().exact();
        cell.begin(now);
        var slot = new DiskSlot(cell, now);
        var value = step.apply(slot);
        cell.apply(slot.end(), now);
        return result(value, cell);
      } catch (Vanished e) {
        throw e;
      } catch (RuntimeException e) {
        if (unit == Unit.ALL_OR_NOTHING) {
          throw e;
        }
        return Result.failed(e, true);
      }
    }

    @SuppressWarnings("NullAway") // results of verbs may be null
    private static Result<?> result(@Nullable Object value, Cell cell) {
      return Result.of(value, cell.changedAt(), cell.after());
    }
  }
}
