package dev.larder.server.resp;

import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import dev.larder.spi.Slot;
import org.jspecify.annotations.Nullable;

/** What verbs do with the value of a slot. */
final class Values {
  private Values() {}

  /** The value there is, or null. */
  static @Nullable Payload of(Slot<Payload> slot) {
    var current = slot.current();
    return current == null ? null : current.value();
  }

  /**
   * Puts bytes in the place of those that are there, which keeps life and content type; as a new
   * entry where there is none.
   *
   * @param fresh what a new entry carries
   */
  static void replace(Slot<Payload> slot, byte[] bytes, Meta fresh) {
    var current = slot.current();
    var before = current == null ? null : current.value();
    if (current == null || before == null) {
      slot.write(new Payload(bytes, fresh));
    } else {
      slot.write(new Payload(bytes, before.meta()), current.deadline(), before.meta());
    }
  }
}
