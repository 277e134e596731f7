package dev.larder.guice.modular;

import com.google.inject.Guice;
import dev.larder.guice.CacheModule;
import javax.cache.annotation.CacheResult;

/** Calls a cached method twice. */
public class Program {
  private int cooked;

  /** For the injector. */
  public Program() {}

  /** Runs once for each dish. */
  @CacheResult(cacheName = "dishes")
  public String cook(String dish) {
    cooked++;
    return dish + " " + cooked;
  }

  /** Says what came of it. */
  public static void main(String[] args) {
    var program = Guice.createInjector(new CacheModule()).getInstance(Program.class);
    System.out.print(program.cook("soup") + ", " + program.cook("soup"));
    System.out.println(" by " + CacheModule.class.getModule());
  }
}
