package dev.larder.testkit.far;

import dev.larder.RemovalCause;
import dev.larder.spi.Bytes;
import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import dev.larder.spi.Slot;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A slot that takes note of what the verb asks. For one thread. */
final class RecordingSlot implements Slot<Payload> {
  private final Bytes key;
  private final @Nullable FarEntry current;
  private final long now;
  private final Rules rules;
  private final LongPredicate redeem;
  private Op op = Op.KEEP;
  private boolean ended;

  RecordingSlot(
      Bytes key, @Nullable FarEntry current, long now, Rules rules, LongPredicate redeem) {
    this.key = key;
    this.current = current;
    this.now = now;
    this.rules = rules;
    this.redeem = redeem;
  }

  /** What was asked; the slot is over. */
  Op end() {
    ended = true;
    return op;
  }

  private void ask(Op asked) {
    if (ended) {
      throw new IllegalStateException("the slot is over");
    }
    if (op != Op.KEEP) {
      throw new IllegalStateException("one change only: first " + op + ", then " + asked);
    }
    op = asked;
  }

  @Override
  public @Nullable FarEntry current() {
    if (ended) {
      throw new IllegalStateException("the slot is over");
    }
    return current;
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public boolean write(Payload value) {
    ask(new Op.Write(value));
    return rules.written(key, current, now) > now;
  }

  @Override
  public boolean write(Payload value, long deadline, Meta meta) {
    ask(new Op.WriteUntil(marked(value, meta), deadline));
    return deadline > now;
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
    ask(new Op.Touch());
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
    return redeem.test(fillToken);
  }
}
