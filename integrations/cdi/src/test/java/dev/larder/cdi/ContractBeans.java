package dev.larder.cdi;

import dev.larder.annotations.AnnotatedMethods;
import dev.larder.annotations.DefaultedMethods;
import dev.larder.annotations.SharedMethods;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import java.util.List;

/**
 * A container with the beans of the contract suites. They are in a scope, because their methods
 * call the bean again: Weld intercepts such calls when they come over the proxy of a scope, and
 * takes those on the object itself for calls of its own.
 */
final class ContractBeans implements AutoCloseable {
  private static final List<Class<?>> CLASSES =
      List.of(AnnotatedMethods.class, DefaultedMethods.class, SharedMethods.class);

  private final SeContainer container =
      Containers.initializer(CLASSES.toArray(Class<?>[]::new))
          .addExtensions(new Scopes())
          .initialize();

  <T> T managed(Class<? extends T> type, Class<T> as) {
    return as.cast(container.select(type).get());
  }

  @Override
  public void close() {
    container.close();
  }

  /** Gives the beans the scope that their classes, which know no container, do not name. */
  static final class Scopes implements Extension {
    <T> void add(@Observes ProcessAnnotatedType<T> event) {
      if (CLASSES.contains(event.getAnnotatedType().getJavaClass())) {
        event.configureAnnotatedType().add(ApplicationScoped.Literal.INSTANCE);
      }
    }
  }
}
