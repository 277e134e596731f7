package dev.larder.tck.annotations;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * What a run of the annotation tests of the TCK did, in this process, with the {@code BeanProvider}
 * that the class path offers as a service. A test that the TCK excludes, as it does all of them
 * without a provider of beans, passes for JUnit; the TCK says so in its log, which is counted too.
 *
 * @param passed the tests that passed, excluded ones included
 * @param failures what failed: the test and why
 * @param excluded what the TCK said that it excludes
 */
public record AnnotationTck(long passed, List<String> failures, List<String> excluded) {

  /** What a container has to show. */
  public static final AnnotationTck ALL = new AnnotationTck(12, List.of(), List.of());

  /** Runs all of them. */
  public static AnnotationTck run() {
    var listener = new SummaryGeneratingListener();
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage("org.jsr107.tck.annotation"))
            .filters(EngineFilter.includeEngines("junit-vintage"))
            .build();
    var config =
        LauncherConfig.builder()
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .build();
    try (var log = new Exclusions()) {
      LauncherFactory.create(config).execute(request, listener);
      var summary = listener.getSummary();
      return new AnnotationTck(
          summary.getTestsSucceededCount(),
          summary.getFailures().stream()
              .map(f -> f.getTestIdentifier().getUniqueId() + ": " + f.getException())
              .toList(),
          List.copyOf(log.lines));
    }
  }

  /** Listens to the log of the TCK while it is open. */
  private static final class Exclusions extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("org.jsr107.tck");
    private final List<String> lines = new ArrayList<>();

    Exclusions() {
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
      if (entry.getMessage().contains("EXCLUDING TEST")) {
        lines.add(entry.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }
}
