package dev.larder.cdi.modular;

import dev.larder.cdi.CacheExtension;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import javax.cache.annotation.CacheResult;

/** Calls a cached method twice. */
@ApplicationScoped
public class Program {
  private int cooked;

  /** For the container. */
  public Program() {}

  /** Runs once for each dish. */
  @CacheResult(cacheName = "dishes")
  public String cook(String dish) {
    cooked++;
    return dish + " " + cooked;
  }

  /** Says what came of it. */
  public static void main(String[] args) {
    var beans =
        SeContainerInitializer.newInstance().disableDiscovery().addBeanClasses(Program.class);
    try (var container = beans.initialize()) {
      var program = container.select(Program.class).get();
      System.out.print(program.cook("soup") + ", " + program.cook("soup"));
      System.out.println(" by " + CacheExtension.class.getModule());
    }
  }
}
