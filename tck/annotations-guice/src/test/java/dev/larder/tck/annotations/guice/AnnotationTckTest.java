package dev.larder.tck.annotations.guice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.tck.annotations.AnnotationTck;
import org.junit.jupiter.api.Test;

class AnnotationTckTest {

  @Test
  void allTwelveTestsPassAndNoneIsExcluded() {
    assertEquals(AnnotationTck.ALL, AnnotationTck.run());
  }
}
