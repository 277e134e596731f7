package dev.larder.cdi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be intercepted fails the deployment, and is never silently not cached. */
class RefusalTest {

  @Dependent
  static class WithPrivate {
    @SuppressWarnings("UnusedMethod")
    @CacheResult
    private String secret(String name) {
      return name;
    }
  }

  @Dependent
  static class WithStatic {
    @CacheResult
    static String shared(String name) {
      return name;
    }
  }

  @Dependent
  static class WithFinal {
    @CacheRemove(cacheName = "names")
    public final void forget(String name) {}
  }

  @ParameterizedTest
  @CsvSource({
    "dev.larder.cdi.RefusalTest$WithPrivate,secret,private",
    "dev.larder.cdi.RefusalTest$WithStatic,shared,static",
    "dev.larder.cdi.RefusalTest$WithFinal,forget,final"
  })
  void beanWithAMethodThatCannotBeInterceptedIsNotDeployed(String type, String method, String why)
      throws ClassNotFoundException {
    var told = Containers.refusal(Class.forName(type));
    // Of final methods OpenWebBeans speaks itself, before it asks an extension.
    var ofContainer = why.equals("final") && !Containers.isWeld();
    assertTrue(ofContainer || told.contains("CacheException"), told);
    assertTrue(told.contains(method), told);
    assertTrue(told.contains(why), told);
  }

  @ApplicationScoped
  static class TwoManagers {
    @Produces
    @ApplicationScoped
    CacheManager one() {
      return Containers.manager();
    }

    @Produces
    @ApplicationScoped
    CacheManager other() {
      return Containers.manager();
    }
  }

  @Test
  void ambiguousManagerIsADeploymentProblem() {
    var told = Containers.refusal(Recipes.class, TwoManagers.class);
    assertTrue(told.contains("AmbiguousResolution"), told);
    assertTrue(told.contains("CacheManager"), told);
  }
}
