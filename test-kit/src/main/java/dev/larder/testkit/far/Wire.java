package dev.larder.testkit.far;

import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import dev.larder.spi.Step;
import dev.larder.spi.Update;
import dev.larder.spi.Verbs;

/** What happens to things that travel to the owner. */
final class Wire {
  private Wire() {}

  /**
   * The step as the owner reads it: the verb by its name, the argument without a byte in common
   * with the caller's.
   */
  static Step<Bytes, Payload> travelling(Step<Bytes, Payload> step) {
    var wireName = step.update().wireName();
    if (wireName == null) {
      throw new IllegalArgumentException(
          "a verb without a wire name does not travel; take a lease on the key and run it there");
    }
    if (Verbs.named(wireName) != (Update<?, ?, ?>) step.update()) {
      throw new IllegalArgumentException("no verb of the name '" + wireName + "' at the owner");
    }
    return new Step<>(step.key(), step.update(), copy(step.argument()));
  }

  private static Object copy(Object argument) {
    if (argument instanceof Payload payload) {
      return copy(payload);
    }
    if (argument instanceof Update.Carrier<?> carrier) {
      return carrier.map(value -> copy((Payload) value));
    }
    return argument;
  }

  static Payload copy(Payload payload) {
    return new Payload(payload.array().clone(), payload.meta());
  }
}
