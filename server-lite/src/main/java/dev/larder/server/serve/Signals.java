package dev.larder.server.serve;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Signals of the operating system. The JDK has had {@code sun.misc.Signal} for this since 1.2, in a
 * module that stays until there is a replacement; compilers warn of each mention, so it is found by
 * its name. Where it is missing, {@link #handle} says so and the hooks of the JVM remain.
 */
final class Signals {
  private Signals() {}

  /** Calls back with the name of the signal, on a thread of its own; false when it cannot. */
  static boolean handle(String name, Consumer<String> then) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  then.accept(name);
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      return true;
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      // No such class, no such signal here, or the JVM keeps it for itself (-Xrs).
      Log.of("signals").debug("signal not handled", "signal", name, "reason", e);
      return false;
    }
  }
}
