package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CodecException;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SerialCodecTest {
  private static final class Known implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int number;

    Known(int number) {
      this.number = number;
    }
  }

  private static final class Stranger implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private static final class Handler implements java.lang.reflect.InvocationHandler, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
      throw new AssertionError("ran " + method);
    }
  }

  private static SerialCodec<Object> codec(SerialFilter filter) {
    return new SerialCodec<>(filter, SerialCodecTest.class.getClassLoader());
  }

  private static byte[] writtenElsewhere(Object value) throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  @Test
  void valuesOfTheJdkComeBack() {
    var codec = codec(new SerialFilter(List.of()));
    var value = new ArrayList<Object>(List.of("a", 1, Instant.EPOCH, Map.of("k", 2)));
    assertEquals(value, codec.decode(codec.encode(value)));
    assertArrayEquals(new int[] {1}, (int[]) codec.decode(codec.encode(new int[] {1})));
  }

  @Test
  void whatThisProcessWroteItReadsBack() {
    var codec = codec(new SerialFilter(List.of()));
    assertEquals(5, ((Known) codec.decode(codec.encode(new Known(5)))).number);
  }

  @Test
  void aClassNobodyAllowedIsRefusedWithTheLineToAdd() throws Exception {
    var codec = codec(new SerialFilter(List.of()));
    var bytes = writtenElsewhere(new Stranger());
    var thrown = assertThrows(CodecException.class, () -> codec.decode(bytes));
    assertTrue(
        String.valueOf(thrown.getMessage())
            .contains("serial-allow: [\"" + Stranger.class.getName() + "\"]"),
        thrown.getMessage());
  }

  @Test
  void aRefusedClassInsideACollectionRefusesTheWhole() throws Exception {
    var codec = codec(new SerialFilter(List.of()));
    var bytes = writtenElsewhere(new ArrayList<>(List.of("fine", new Stranger())));
    assertThrows(CodecException.class, () -> codec.decode(bytes));
  }

  @Test
  void arraysOfInterfacesComeBackAndTheirElementsAreChecked() throws Exception {
    var codec = codec(new SerialFilter(List.of()));
    var array = new Serializable[] {"a", 1, null};
    assertArrayEquals(array, (Serializable[]) codec.decode(writtenElsewhere(array)));
    var bytes = writtenElsewhere(new Serializable[][] {{"fine"}, {new Stranger()}});
    assertThrows(CodecException.class, () -> codec.decode(bytes));
  }

  @Test
  void whatIsInAnArrayThatWasWrittenMayBeRead() throws Exception {
    var codec = codec(new SerialFilter(List.of()));
    assertEquals(0, ((Known[][]) codec.decode(codec.encode(new Known[0][0]))).length);
    assertEquals(5, ((Known) codec.decode(writtenElsewhere(new Known(5)))).number);
  }

  @Test
  void aDeclaredArrayIsAllowedWithItsElements() throws Exception {
    var filter = new SerialFilter(List.of());
    filter.allow(Known[].class);
    var bytes = writtenElsewhere(new Known[] {new Known(5)});
    assertEquals(5, ((Known[]) codec(filter).decode(bytes))[0].number);
  }

  @Test
  void proxiesAreRefusedThoughTheirInterfacesAreHarmless() throws Exception {
    var codec = codec(new SerialFilter(List.of()));
    var proxy =
        java.lang.reflect.Proxy.newProxyInstance(
            SerialCodecTest.class.getClassLoader(),
            new Class<?>[] {Serializable.class},
            new Handler());
    var bytes = writtenElsewhere(new Serializable[] {(Serializable) proxy});
    assertThrows(CodecException.class, () -> codec.decode(bytes));
  }

  @Test
  void aPatternAllows() throws Exception {
    var codec = codec(new SerialFilter(List.of("dev.larder.engine.*")));
    assertEquals(Stranger.class, codec.decode(writtenElsewhere(new Stranger())).getClass());
  }

  @Test
  void aPatternIsNotARegularExpression() throws Exception {
    var codec = codec(new SerialFilter(List.of("dev.larder.engine.SerialCodecTest.Stranger")));
    var bytes = writtenElsewhere(new Stranger());
    assertThrows(CodecException.class, () -> codec.decode(bytes));
  }

  @Test
  void aDeclaredClassIsAllowed() throws Exception {
    var filter = new SerialFilter(List.of());
    filter.allow(Stranger.class);
    assertEquals(Stranger.class, codec(filter).decode(writtenElsewhere(new Stranger())).getClass());
  }

  @Test
  void garbageIsRefused() {
    var codec = codec(new SerialFilter(List.of()));
    assertThrows(CodecException.class, () -> codec.decode(new byte[] {1, 2, 3}));
    assertThrows(CodecException.class, () -> codec.decode(new byte[0]));
  }

  @Test
  void aValueThatCannotBeSerializedIsNamed() {
    var codec = codec(new SerialFilter(List.of()));
    var value = new Object();
    var thrown = assertThrows(CodecException.class, () -> codec.encode(value));
    assertTrue(
        String.valueOf(thrown.getMessage()).contains("java.lang.Object"), thrown.getMessage());
  }
}
