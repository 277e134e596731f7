package dev.larder.tck.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnDiskTest {
  @TempDir private Path folder;

  @Test
  void whatWasComputedIsThereAfterARestartNullsAndKeysOfSpringIncluded() throws IOException {
    var yaml =
        Running.yaml(
            folder, "topology: disk\ndisk: {path: '" + folder.resolve("cache.db") + "'}\n");
    Kitchen.RUNS.set(0);
    for (var round = 0; round < 2; round++) {
      try (var context = Running.start(yaml)) {
        var kitchen = context.getBean(Kitchen.class);
        Kitchen.recipe = Kitchen::numbered;
        assertEquals(new Dish("soup", 1), kitchen.only("soup"));
        assertEquals(new Dish("cake7", 2), kitchen.mixed("cake", 7));
        assertEquals(new Dish("tea", 3), kitchen.result("tea"));
        Kitchen.recipe = name -> null;
        assertNull(kitchen.dish("nothing"));
      }
    }
    assertEquals(4, Kitchen.RUNS.get());
  }
}
