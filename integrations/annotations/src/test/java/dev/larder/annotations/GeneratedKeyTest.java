package dev.larder.annotations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The keys that are made of parameters. */
class GeneratedKeyTest {

  private static GeneratedKey key(Object... parameters) {
    return GeneratedKey.of("", parameters);
  }

  private static byte[] bytes(Object key) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(key);
    }
    return bytes.toByteArray();
  }

  private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }

  @Test
  void keysAreEqualWhereTheirParametersAreDeeply() {
    var one = key("a", 1, new int[] {1, 2}, new Object[] {"b", new String[] {"c"}}, null);
    var same = key("a", 1, new int[] {1, 2}, new Object[] {"b", new String[] {"c"}}, null);
    assertEquals(one, same);
    assertEquals(one.hashCode(), same.hashCode());
  }

  @Test
  void keysDifferByValueTypeNumberAndName() {
    assertNotEquals(key("a"), key("b"));
    assertNotEquals(key(1), key(1L));
    assertNotEquals(key("a"), key("a", null));
    assertNotEquals(key(), key((Object) null));
    assertNotEquals(key("a"), key("a").in("find"));
    assertNotEquals(key((Object) new int[] {1}), key((Object) new long[] {1}));
  }

  @Test
  void arraysAreCopiedInDepth() {
    var inner = new int[] {1};
    var parameters = new Object[] {new Object[] {inner}};
    var key = GeneratedKey.of("", parameters.clone());
    inner[0] = 2;
    assertEquals(key((Object) new Object[] {new int[] {1}}), key);
  }

  /** Forbidden: an argument that changed later leads to the entry of another. */
  @Test
  void argumentThatChangesLaterDoesNotLeadElsewhere() {
    var list = new ArrayList<>(List.of("a"));
    var key = key(list);
    list.set(0, "b");
    assertNotEquals(key(List.of("b")), key);
    assertNotEquals(key(List.of("a")), key);
  }

  @Test
  void serializedKeyIsTheSameInAnotherProcess() throws Exception {
    var key = GeneratedKey.of("find", new Object[] {"a", 1L, TimeUnit.DAYS, new int[] {1}});
    var back = read(bytes(key));
    assertEquals(key, back);
    assertEquals(key.hashCode(), back.hashCode());
  }

  /** The hash of an enum constant differs between processes, so it must not be in the bytes. */
  @Test
  void hashIsNotWritten() throws Exception {
    var bytes = bytes(key(TimeUnit.DAYS));
    assertArrayEquals(bytes, bytes(key(TimeUnit.DAYS)));
    var field = GeneratedKey.class.getDeclaredField("hash");
    assertEquals(
        java.lang.reflect.Modifier.TRANSIENT,
        field.getModifiers() & java.lang.reflect.Modifier.TRANSIENT);
  }

  @Test
  void keyOfWhatCannotBeSerializedSaysSo() {
    assertThrows(NotSerializableException.class, () -> bytes(key(new Object())));
  }

  @Test
  void textShowsNameAndValues() {
    assertEquals("[a, [1, 2]]", key("a", new int[] {1, 2}).toString());
    assertEquals("find[a]", key("a").in("find").toString());
  }
}
