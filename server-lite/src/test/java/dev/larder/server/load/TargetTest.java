package dev.larder.server.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.server.load.Target.Protocol;
import org.junit.jupiter.api.Test;

class TargetTest {

  @Test
  void theSchemeSaysProtocolAndTls() {
    assertEquals(new Target(Protocol.RESP, false, "h", 6379, null), Target.of("redis://h"));
    assertEquals(new Target(Protocol.RESP, true, "h", 7, null), Target.of("rediss://h:7"));
    assertEquals(new Target(Protocol.HTTP, false, "h", 8080, null), Target.of("http://h"));
    assertEquals(new Target(Protocol.HTTP, true, "h", 8080, null), Target.of("https://h/"));
  }

  @Test
  void thePasswordIsThatOfTheDefaultUserAndMayHoldEscapes() {
    assertEquals("a:b@c", Target.of("redis://:a%3Ab%40c@h").password());
    assertEquals("p", Target.of("http://default:p@h").password());
    var other = refused("redis://admin:secret@h");
    assertTrue(other.contains("default"), other);
    assertFalse(other.contains("secret"), other);
  }

  @Test
  void anIpv6AddressLosesItsBrackets() {
    assertEquals("::1", Target.of("redis://[::1]:1").host());
    assertEquals("redis://[::1]:1", Target.of("redis://[::1]:1").toString());
  }

  @Test
  void thePasswordIsNeitherShownNorInAnError() {
    assertEquals("rediss://h:6379", Target.of("rediss://:secret@h").toString());
    assertFalse(refused("redis://:secret@h /x").contains("secret"));
  }

  @Test
  void whatIsNoServerIsRefusedWithWhatIsAllowed() {
    assertTrue(refused("ftp://h").contains("redis://"));
    assertTrue(refused("localhost").contains("redis://"));
    assertTrue(refused("redis:///").contains("host"));
    assertTrue(refused("http://h/path").contains("path"));
  }

  private static String refused(String address) {
    return assertThrows(IllegalArgumentException.class, () -> Target.of(address)).getMessage();
  }
}
