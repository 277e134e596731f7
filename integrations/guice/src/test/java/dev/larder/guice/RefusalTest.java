package dev.larder.guice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.AbstractModule;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Guice cannot intercept is told when the injector is made, never by not caching. */
class RefusalTest {

  static class WithPrivate {
    @SuppressWarnings("UnusedMethod")
    @CacheResult
    private String secret(String name) {
      return name;
    }
  }

  static class WithStatic {
    @CacheResult
    static String shared(String name) {
      return name;
    }
  }

  static class WithFinal {
    @CacheRemove(cacheName = "names")
    public final void forget(String name) {}
  }

  static class Heir extends WithPrivate {}

  private static Module binding(Class<?> type) {
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(type);
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "dev.larder.guice.RefusalTest$WithPrivate,secret,private",
    "dev.larder.guice.RefusalTest$WithStatic,shared,static",
    "dev.larder.guice.RefusalTest$WithFinal,forget,final",
    "dev.larder.guice.RefusalTest$Heir,secret,private"
  })
  void injectorIsNotMadeWithAMethodThatCannotBeOverridden(String type, String method, String why)
      throws ClassNotFoundException {
    var module = binding(Class.forName(type));
    var e =
        assertThrows(
            CreationException.class, () -> Guice.createInjector(new CacheModule(), module));
    assertEquals(1, e.getErrorMessages().size(), e::getMessage);
    assertTrue(e.getMessage().contains(method), e::getMessage);
    assertTrue(e.getMessage().contains(why), e::getMessage);
  }

  @Test
  void classThatIsFoundLaterIsRefusedWhenItIsAskedFor() {
    var injector = Guice.createInjector(new CacheModule());
    var e =
        assertThrows(ConfigurationException.class, () -> injector.getInstance(WithPrivate.class));
    assertTrue(e.getMessage().contains("secret"), e::getMessage);
  }

  @Test
  void sameClassIsFineWithoutTheModule() {
    assertEquals(
        WithPrivate.class, Guice.createInjector().getInstance(WithPrivate.class).getClass());
  }
}
