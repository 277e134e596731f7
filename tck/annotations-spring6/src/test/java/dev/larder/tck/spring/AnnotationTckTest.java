package dev.larder.tck.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.jsr107.tck.annotation.InterceptionCacheNameOnEachMethodTest;
import org.jsr107.tck.annotation.InterceptionUsingCacheConfigTest;
import org.jsr107.tck.annotation.InterceptionUsingDefaultCacheNameTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the annotation tests of the TCK as published, and counts: an excluded test passes there. */
class AnnotationTckTest {
  private static final int TESTS = 12;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void allTwelveRunPassAndNoneIsExcludedWhoeverDoesThem(boolean byLarder) {
    SpringBeans.byLarder = byLarder;
    var said = new ByteArrayOutputStream();
    var out = System.out;
    var err = System.err;
    TestExecutionSummary summary;
    try (var both = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      summary = run();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    var text = said.toString(StandardCharsets.UTF_8);
    assertEquals(
        List.of(), summary.getFailures().stream().map(Object::toString).toList(), () -> text);
    assertEquals(TESTS, summary.getTestsFoundCount(), "found");
    assertEquals(TESTS, summary.getTestsSucceededCount(), "passed");
    assertEquals(0, text.split("EXCLUDING TEST", -1).length - 1, () -> text);
  }

  private static TestExecutionSummary run() {
    var listener = new SummaryGeneratingListener();
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                selectClass(InterceptionCacheNameOnEachMethodTest.class),
                selectClass(InterceptionUsingCacheConfigTest.class),
                selectClass(InterceptionUsingDefaultCacheNameTest.class))
            .build();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }

  @Test
  void cachesAreThoseOfLarder() {
    new SpringBeans()
        .getBeanByType(manager.ClassLevelCacheConfigBlogManagerImpl.class)
        .getEntryCached("title");
    CacheManager manager = Caching.getCachingProvider().getCacheManager();
    var cache = Objects.requireNonNull(manager.getCache("blgMngr"));
    assertInstanceOf(dev.larder.Cache.class, cache.unwrap(dev.larder.Cache.class));
  }
}
