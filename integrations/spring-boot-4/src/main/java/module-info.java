/** The starter for Spring Boot 4. */
@SuppressWarnings("module") // the digit is that of Spring Boot
module dev.larder.spring.boot4 {
  requires spring.boot;
  requires spring.boot.autoconfigure;
  requires spring.context;
  requires static org.jspecify;
  requires static spring.boot.health;
  requires transitive dev.larder.spring.boot;

  exports dev.larder.spring.boot4;

  // Spring makes configurations by reflection.
  opens dev.larder.spring.boot4;
}
