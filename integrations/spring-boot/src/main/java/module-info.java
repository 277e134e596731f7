/** What the starters for both lines of Spring Boot have in common. */
module dev.larder.spring.boot {
  requires spring.beans;
  requires spring.core;
  requires static dev.larder.micrometer;
  requires static org.jspecify;
  requires transitive dev.larder.spring;
  requires transitive spring.boot;
  requires transitive spring.boot.autoconfigure;

  exports dev.larder.spring.boot;

  // Spring makes and reads configurations by reflection.
  opens dev.larder.spring.boot;
}
