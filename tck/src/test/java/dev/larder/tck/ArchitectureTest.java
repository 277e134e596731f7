package dev.larder.tck;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of modules in docs/architecture.md, and the house rules that bytecode can show. */
class ArchitectureTest {

  private static final JavaClasses LARDER =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/dev/larder/tck/"))
          .importPackages("dev.larder");

  private static final List<String> PLATFORM =
      List.of("java..", "javax.management..", "org.jspecify..");
  private static final List<String> API = List.of("dev.larder", "dev.larder.spi");

  /**
   * Packages of Larder, and those besides the platform, the API and themselves that they may know.
   */
  private record Layer(List<String> packages, List<String> mayKnow) {}

  private static final List<Layer> LAYERS =
      List.of(
          // The flight recorder, which need not be there.
          new Layer(API, List.of("jdk.jfr..")),
          layer("engine"),
          layer("codec", "tools.jackson..", "com.fasterxml.jackson.annotation.."),
          // The parser below Jackson's YAML: only its exceptions know line and column.
          layer("config", "tools.jackson..", "org.snakeyaml.engine.."),
          layer("disk", "org.sqlite..", "javax.sql.."),
          layer("jcache", "dev.larder.engine..", "javax.cache.."),
          layer("annotations", "javax.cache.."),
          layer(
              "spring",
              "dev.larder.jcache..",
              "dev.larder.annotations..",
              "dev.larder.micrometer..",
              "javax.cache..",
              "org.springframework..",
              "org.aopalliance..",
              "io.micrometer.."),
          layer(
              "remote",
              "okhttp3..",
              "okio..",
              "kotlin..",
              "tools.jackson..",
              "org.jetbrains..",
              "javax.net.."),
          layer(
              "guice",
              "dev.larder.annotations..",
              "javax.cache..",
              "com.google.inject..",
              "org.aopalliance.."),
          layer("cdi", "dev.larder.annotations..", "javax.cache..", "jakarta.."),
          layer("micrometer", "io.micrometer..", "javax.cache.."),
          layer("testkit", "jdk.jfr..", "javax.sql..", "org.junit.jupiter..", "org.opentest4j.."));

  private static Layer layer(String name, String... mayKnow) {
    return new Layer(List.of("dev.larder." + name + ".."), List.of(mayKnow));
  }

  static Stream<Layer> layers() {
    return LAYERS.stream();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void layersKnowOnlyWhatTheTableAllows(Layer layer) {
    var allowed = Stream.of(PLATFORM, API, layer.packages(), layer.mayKnow()).flatMap(List::stream);
    classes()
        .that(are(resideInAnyPackage(layer.packages().toArray(String[]::new))))
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)))
        .allowEmptyShould(true)
        .check(LARDER);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("(dev.larder..)").should().beFreeOfCycles().check(LARDER);
  }

  @Test
  void onlySystemClockReadsTheTimeOfTheMachine() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.larder.engine.SystemClock")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(LARDER);
  }

  @Test
  void everyPackageIsNullMarked() {
    var unmarked =
        LARDER.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(found -> !found.isAnnotatedWith(NullMarked.class))
            .map(found -> found.getName())
            .sorted()
            .toList();
    assertEquals(List.of(), unmarked);
  }

  @Test
  void concreteClassesAreFinalUnlessExtended() {
    classes()
        .that()
        .areTopLevelClasses()
        .and()
        .areNotInterfaces()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and(are(nameMatching("dev\\.larder\\.(?!benchmarks).*")))
        .should(beFinalOrExtended())
        .check(LARDER);
  }

  @Test
  void somethingWasLookedAt() {
    assertTrue(LARDER.contain("dev.larder.Cache"), "the api is not among the classes");
    assertTrue(LARDER.size() > 50, () -> "only " + LARDER.size() + " classes");
  }

  private static ArchCondition<JavaClass> beFinalOrExtended() {
    return new ArchCondition<>("be final, or have subclasses") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        var fine =
            item.getModifiers().contains(JavaModifier.FINAL) || !item.getSubclasses().isEmpty();
        events.add(new SimpleConditionEvent(item, fine, item.getName() + " is not final"));
      }
    };
  }
}
