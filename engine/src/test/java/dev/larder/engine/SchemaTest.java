package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.MissCause;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two versions of an application over one place of bytes. */
class SchemaTest {
  private final EngineFixture fixture = EngineFixture.far();
  private final Larder other = fixture.anotherManager();
  private Cache<String, String> before;
  private Cache<String, String> after;

  @BeforeEach
  void open() {
    before = fixture.open(spec().schemaVersion(1).build());
    after = other.create(fixture.placed(spec().schemaVersion(2).build()));
  }

  private static CacheSpec.Builder<String, String> spec() {
    return CacheSpec.of("schemas", String.class, String.class);
  }

  @AfterEach
  void close() {
    other.close();
    fixture.close();
  }

  @Test
  void valueOfAnotherSchemaVersionIsAMissThatIsCountedAndGoes() {
    before.put("k", "v");
    assertNull(after.get("k"));
    assertEquals(1L, after.control().stats().misread().get(MissCause.SCHEMA));
    assertNull(before.get("k"));
    assertEquals(0, after.size());
  }

  @Test
  void bulkReadsAndIterationsLeaveItOut() {
    before.put("k", "v");
    assertEquals(Map.of(), after.getAll(Set.of("k")));
    before.put("k", "v");
    assertFalse(after.iterator().hasNext());
  }

  @Test
  void entryThatCannotBeReadDoesNotHinderPutIfAbsent() {
    before.put("k", "v");
    assertNull(after.asMap().putIfAbsent("k", "w"));
    assertEquals("w", after.get("k"));
  }

  @Test
  void loadFillsThePlaceOfAValueOfAnotherVersion() {
    before.put("k", "v");
    assertEquals("loaded", after.get("k", key -> "loaded"));
    assertEquals("loaded", after.get("k"));
    assertNull(before.get("k"));
  }

  @Test
  void updateFunctionSeesNoValueOfAnotherVersion() {
    before.put("k", "v");
    boolean existed =
        after.update(
            "k",
            entry -> {
              var exists = entry.exists();
              entry.set("w");
              return exists;
            });
    assertFalse(existed);
    assertEquals("w", after.get("k"));
  }
}
