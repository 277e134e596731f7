package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.URI;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The rule of docs/jcache-mapping.md. */
class NamespaceTest {
  private final ClassLoader own = Namespace.class.getClassLoader();

  private String namespace(String uri) {
    return Namespace.of(URI.create(uri), own, new Properties());
  }

  @Test
  void theUriGivesTheName() {
    assertEquals("", namespace("larder:default"));
    assertEquals("shop", namespace("larder:shop"));
    assertEquals("", namespace("file:/etc/larder.yaml"));
    assertEquals("shop", namespace("file:/etc/app/shop.yaml"));
    assertEquals("shop", namespace("conf/shop.yaml"));
    assertEquals("shop", namespace("classpath:shop.yaml"));
  }

  @Test
  void theSameFileNameElsewhereIsTheSameNamespace() {
    assertEquals(namespace("file:/one/shop.yaml"), namespace("file:/two/shop.yaml"));
  }

  @Test
  void resourceInAJarHasTheNamespaceOfItsOwnName() {
    assertEquals("shop", namespace("jar:file:/one/app.jar!/conf/shop.yaml"));
    assertEquals("", namespace("jar:file:/one/app.jar!/larder.yaml"));
  }

  @Test
  void anotherClassLoaderAddsItsNameOrANumber() {
    var named = new ClassLoader("plugin", own) {};
    var nameless = new ClassLoader(own) {};
    var uri = URI.create("larder:shop");

    assertEquals("shop@plugin", Namespace.of(uri, named, new Properties()));
    assertEquals(
        Namespace.of(uri, nameless, new Properties()),
        Namespace.of(uri, nameless, new Properties()));
    assertNotEquals(
        Namespace.of(uri, nameless, new Properties()),
        Namespace.of(uri, new ClassLoader(own) {}, new Properties()));
  }

  @Test
  void thePropertyWinsAsItIs() {
    var properties = new Properties();
    properties.setProperty("larder.namespace", "mine");

    assertEquals(
        "mine", Namespace.of(URI.create("larder:shop"), new ClassLoader(own) {}, properties));
  }
}
