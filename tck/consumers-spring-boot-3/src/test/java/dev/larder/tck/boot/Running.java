package dev.larder.tck.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the application, over a larder.yaml of a test's own. */
final class Running {
  private Running() {}

  /** A file with the two caches of the application, and whatever else. */
  static Path yaml(Path folder, String more) throws IOException {
    return Files.writeString(
        folder.resolve("larder.yaml"),
        "defaults: {serial-allow: ['dev.larder.tck.boot.*', 'org.springframework.cache.*']}\n"
            + "caches: {dishes: {maximum-entries: 100}, results: {expire-after-write: 1h}}\n"
            + more);
  }

  static ConfigurableApplicationContext start(Path yaml, String... properties) {
    return new SpringApplicationBuilder(Kitchen.App.class)
        .web(WebApplicationType.NONE)
        .logStartupInfo(false)
        .properties("spring.cache.type=jcache", "spring.cache.jcache.config=" + yaml.toUri())
        .properties("spring.main.banner-mode=off", "logging.level.root=warn")
        .properties(properties)
        .run();
  }
}
