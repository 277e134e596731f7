package dev.larder.jcache;

import java.lang.management.ManagementFactory;
import javax.cache.Cache;
import javax.management.JMException;
import javax.management.ObjectName;

/** The counts of a cache, read where an operator reads them. */
record Counts(ObjectName name) {

  static Counts of(Cache<?, ?> cache) throws JMException {
    return new Counts(name("CacheStatistics", cache));
  }

  static ObjectName name(String type, Cache<?, ?> cache) throws JMException {
    return new ObjectName(
        "javax.cache:type="
            + type
            + ",CacheManager="
            + cache.getCacheManager().getURI().toString().replace(':', '.')
            + ",Cache="
            + cache.getName());
  }

  long get(String attribute) throws JMException {
    return ((Number) ManagementFactory.getPlatformMBeanServer().getAttribute(name, attribute))
        .longValue();
  }
}
