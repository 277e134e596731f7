/** Spring's cache abstraction over Larder. */
module dev.larder.spring {
  requires dev.larder.annotations;
  requires spring.aop;
  requires spring.core;
  requires static org.jspecify;
  requires transitive dev.larder.jcache;
  requires transitive spring.beans;
  requires transitive spring.context;
  requires transitive spring.context.support;

  exports dev.larder.spring;
}
