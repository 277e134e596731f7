package dev.larder.disk;

import dev.larder.RemovalCause;
import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import dev.larder.spi.Remainder;
import dev.larder.spi.Slot;
import dev.larder.spi.Stored;
import org.jspecify.annotations.Nullable;

/** A slot that takes note of what the verb asks, to be done when it has returned. */
final class DiskSlot implements Slot<Payload> {
  private final Cell cell;
  private final long now;
  private Op op = Op.KEEP;
  private boolean ended;

  DiskSlot(Cell cell, long now) {
    this.cell = cell;
    this.now = now;
  }

  /** What was asked; the slot is over. */
  Op end() {
    ended = true;
    return op;
  }

  private void ask(Op asked) {
    checkOpen();
    if (op != Op.KEEP) {
      throw new IllegalStateException("one change only: first " + op + ", then " + asked);
    }
    op = asked;
  }

  private void checkOpen() {
    if (ended) {
      throw new IllegalStateException("the slot is over");
    }
  }

  @Override
  public @Nullable Stored<Payload> current() {
    checkOpen();
    return cell.live() ? cell : null;
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public boolean write(Payload value) {
    ask(new Op.Write(value));
    return stores();
  }

  @Override
  public boolean write(Payload value, long deadline, Meta meta) {
    ask(new Op.WriteUntil(marked(value, meta), deadline));
    return stores();
  }

  @Override
  public boolean write(Payload value, Remainder left) {
    ask(new Op.PutBack(value, left));
    return stores();
  }

  private boolean stores() {
    return cell.deadlineOf(op, now) > now;
  }

  /** Tags come with the terms; the form of the bytes is known where they were made. */
  private static Payload marked(Payload value, Meta meta) {
    if (meta.tags().isEmpty()) {
      return value;
    }
    var form = value.meta();
    return new Payload(
        value.array(), new Meta(form.contentType(), form.schema(), form.weight(), meta.tags()));
  }

  @Override
  public void touch() {
    ask(Op.TOUCH);
  }

  @Override
  public void touch(long deadline) {
    ask(new Op.TouchUntil(deadline));
  }

  @Override
  public void remove(RemovalCause cause) {
    ask(new Op.Remove(cause));
  }

  @Override
  public boolean redeem(long fillToken) {
    checkOpen();
    return cell.redeem(fillToken);
  }
}
