package dev.larder.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Methods that return an Optional or a stage. */
public abstract class ReturnTypesContract extends ContainerContract {
  private Attributed methods;

  @BeforeEach
  void begin() {
    methods = managed(AnnotatedMethods.class, Attributed.class);
  }

  private static <T> Callable<T> never() {
    return () -> {
      throw new AssertionError("the method ran");
    };
  }

  private static <T> T come(CompletionStage<T> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void contentOfAnOptionalIsWhatTheCacheHolds() throws Exception {
    assertEquals(Optional.of("one"), methods.optional("a", () -> Optional.of("one")));
    assertEquals(Optional.of("one"), methods.optional("a", never()));
    assertEquals("one", cache("optionals").iterator().next().getValue());
  }

  @Test
  void emptyIsRememberedToo() throws Exception {
    assertEquals(Optional.empty(), methods.optional("a", Optional::empty));
    assertEquals(Optional.empty(), methods.optional("a", never()));
  }

  @Test
  void cacheWithADeclaredTypeOfValuesDoesNotRememberEmpty() throws Exception {
    manager()
        .createCache(
            "optionals",
            new MutableConfiguration<Object, String>().setTypes(Object.class, String.class));
    assertEquals(Optional.empty(), methods.optional("a", Optional::empty));
    assertEquals(Optional.of("one"), methods.optional("a", () -> Optional.of("one")));
    methods.putOptional("a", Optional.empty());
    assertEquals(Optional.of("two"), methods.optional("a", () -> Optional.of("two")));
  }

  @Test
  void putOfAnOptionalIsFoundByTheResult() throws Exception {
    methods.putOptional("a", Optional.of("put"));
    assertEquals(Optional.of("put"), methods.optional("a", never()));
    methods.putOptional("a", Optional.empty());
    assertEquals(Optional.empty(), methods.optional("a", never()));
  }

  @Test
  void valueOfAStageIsCachedWhenItComes() throws Exception {
    var stage = new CompletableFuture<String>();
    var first = methods.stage("a", () -> stage);
    assertFalse(first.toCompletableFuture().isDone());
    assertEquals(0, size("stages"));
    stage.complete("one");
    assertEquals("one", come(first));
    assertEquals("one", cache("stages").iterator().next().getValue());
    assertEquals("one", come(methods.stage("a", never())));
  }

  @Test
  void callersShareAStageUnderWayButNoneCanEndItForOthers() throws Exception {
    var stage = new CompletableFuture<String>();
    var first = methods.stage("a", () -> stage);
    var second = methods.stage("a", never());
    var third = methods.stage("a", never());
    assertTrue(second.toCompletableFuture().cancel(true));
    stage.complete("one");
    assertEquals("one", come(first));
    assertEquals("one", come(third));
  }

  @Test
  void failedStageReachesAllAndIsNotCached() throws Exception {
    var stage = new CompletableFuture<String>();
    var first = methods.stage("a", () -> stage);
    var second = methods.stage("a", never());
    var failure = new IOException("no");
    stage.completeExceptionally(failure);
    assertSame(failure, assertThrows(ExecutionException.class, () -> come(first)).getCause());
    assertSame(failure, assertThrows(ExecutionException.class, () -> come(second)).getCause());
    assertEquals("one", come(methods.stage("a", () -> CompletableFuture.completedFuture("one"))));
  }

  @Test
  void failedStageIsCachedWhereExceptionsAre() throws Exception {
    var failed =
        CompletableFuture.<String>failedFuture(new CompletionException(new IOException("no")));
    assertThrows(ExecutionException.class, () -> come(methods.failingStage("a", () -> failed)));
    var again =
        assertThrows(ExecutionException.class, () -> come(methods.failingStage("a", never())));
    assertEquals("no", again.getCause().getMessage());
    assertEquals(IOException.class, again.getCause().getClass());
  }

  @Test
  void methodThatThrowsBeforeItHasAStageThrows() throws Exception {
    assertThrows(
        IOException.class,
        () ->
            methods.stage(
                "a",
                () -> {
                  throw new IOException("no");
                }));
    assertEquals("one", come(methods.stage("a", () -> CompletableFuture.completedFuture("one"))));
  }

  @Test
  void stageOfAnOptionalIsBoth() throws Exception {
    assertEquals(
        Optional.empty(),
        come(
            methods.optionalStage("a", () -> CompletableFuture.completedFuture(Optional.empty()))));
    assertEquals(Optional.empty(), come(methods.optionalStage("a", never())));
  }

  @Test
  void stageOfNullIsNotCached() throws Exception {
    assertEquals(null, come(methods.stage("a", () -> CompletableFuture.completedFuture(null))));
    assertEquals("one", come(methods.stage("a", () -> CompletableFuture.completedFuture("one"))));
  }

  @Test
  void putThatReturnsAStageIsDoneWhenThatHasCome() throws Exception {
    var stage = new CompletableFuture<Void>();
    var put = methods.putLater("a", "one", () -> stage);
    assertEquals(0, size("values"));
    stage.complete(null);
    come(put);
    assertEquals("one", methods.named("a", never()));
    var failed = CompletableFuture.<Void>failedFuture(new IOException("no"));
    var second = methods.putLater("b", "two", () -> failed);
    assertThrows(ExecutionException.class, () -> come(second));
    assertEquals(1, size("values"));
  }
}
