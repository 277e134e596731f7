package dev.larder.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheResolverFactory;
import org.junit.jupiter.api.Test;

/** A container that has ways of its own with caches, keys and nulls. */
class ConventionsTest extends ContainerContract {
  private final CacheManager manager = Providers.larder();
  private final ReflectiveContainer container =
      new ReflectiveContainer(CacheMethods.with(new Own(manager), Beans.constructed()));

  /** What its caches hold for nothing. */
  private record Nothing(String word) implements Serializable {}

  private record Own(CacheManager manager) implements Conventions {

    @Override
    public CacheResolverFactory caches() {
      return new NamedCaches(() -> manager);
    }

    @Override
    public Object key(CacheKeyInvocationContext<?> call) {
      return "key " + call.getKeyParameters()[0].getValue();
    }

    @Override
    public Object nothing() {
      return new Nothing("nothing");
    }

    @Override
    public boolean keepsNull() {
      return true;
    }
  }

  @Override
  protected <T> T managed(Class<? extends T> type, Class<T> as) {
    return container.managed(type, as);
  }

  @Override
  protected CacheManager manager() {
    return manager;
  }

  private static <T> Callable<T> never() {
    return () -> {
      throw new AssertionError("the method ran");
    };
  }

  @Test
  void keysAreThoseOfTheContainerWithTheNameOfTheMethodWhereMethodsWouldCollide() throws Exception {
    var methods = managed(SharedMethods.class, Shared.class);
    methods.title(1, () -> "Emma");
    methods.pages(1, () -> 474);
    methods.byName("Emma", () -> "Emma");
    assertEquals("Emma", cache("books").get("key Emma"));
    assertEquals(3, size("books"));
    methods.remove(1);
    assertEquals(1, size("books"));
  }

  @Test
  void nothingIsHeldForNullAndForAnEmptyOptional() throws Exception {
    var methods = managed(AnnotatedMethods.class, Attributed.class);
    assertNull(methods.named("a", () -> null));
    assertNull(methods.named("a", never()));
    assertEquals(Optional.empty(), methods.optional("a", Optional::empty));
    assertEquals(Optional.empty(), methods.optional("a", never()));
    methods.put("b", null, () -> null);
    assertNull(methods.named("b", never()));
    var held = new ArrayList<Object>();
    cache("values").forEach(entry -> held.add(entry.getValue()));
    assertEquals(2, held.stream().filter(new Nothing("nothing")::equals).count());
  }
}
