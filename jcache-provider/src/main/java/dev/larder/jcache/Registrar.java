package dev.larder.jcache;

import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import javax.cache.CacheException;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/**
 * One MBean of one cache in the platform's MBean server, under the name that JSR-107 gives it.
 * Where another manager of the same URI has that name already, a further property tells the two
 * apart.
 */
final class Registrar<B> {
  private static final System.Logger LOG = System.getLogger("dev.larder.jcache");

  private final String name;
  private final long manager;
  private final Class<B> type;
  private final B bean;
  private @Nullable ObjectName registered;

  /**
   * An MBean that is not registered yet.
   *
   * @param kind {@code CacheConfiguration} or {@code CacheStatistics}
   * @param manager what tells the manager from others of this process
   */
  Registrar(String kind, String uri, String cache, long manager, Class<B> type, B bean) {
    this.name = "javax.cache:type=" + kind + ",CacheManager=" + safe(uri) + ",Cache=" + safe(cache);
    this.manager = manager;
    this.type = type;
    this.bean = bean;
  }

  /** As the TCK and the reference implementation do it, and without what would be a pattern. */
  private static String safe(String text) {
    return text.replaceAll("[:=\n,*?\"]", ".");
  }

  /** Registers or unregisters; does nothing when that is how things are. */
  synchronized void registered(boolean wanted) {
    try {
      if (wanted && registered == null) {
        registered = register();
      } else if (!wanted && registered != null) {
        var gone = registered;
        registered = null;
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(gone);
      }
    } catch (InstanceNotFoundException e) {
      LOG.log(Level.DEBUG, "somebody else has unregistered " + name, e);
    } catch (JMException e) {
      throw new CacheException("the MBean " + name + " cannot be registered: " + e, e);
    }
  }

  private ObjectName register() throws JMException {
    var server = ManagementFactory.getPlatformMBeanServer();
    var bound = new StandardMBean(bean, type, true);
    try {
      return server.registerMBean(bound, new ObjectName(name)).getObjectName();
    } catch (InstanceAlreadyExistsException e) {
      LOG.log(Level.DEBUG, "taken, told apart by manager: " + name, e);
      return server
          .registerMBean(bound, new ObjectName(name + ",Manager=" + manager))
          .getObjectName();
    }
  }
}
