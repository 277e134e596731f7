/** The starter for Spring Boot 3. */
@SuppressWarnings("module") // the digit is that of Spring Boot
module dev.larder.spring.boot3 {
  requires spring.boot;
  requires spring.boot.autoconfigure;
  requires spring.context;
  requires static org.jspecify;
  requires static spring.boot.actuator;
  requires static spring.boot.actuator.autoconfigure;
  requires transitive dev.larder.spring.boot;

  exports dev.larder.spring.boot3;

  // Spring makes configurations by reflection.
  opens dev.larder.spring.boot3;
}
