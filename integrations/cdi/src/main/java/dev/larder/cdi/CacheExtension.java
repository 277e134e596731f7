package dev.larder.cdi;

import dev.larder.annotations.CacheMethod;
import dev.larder.annotations.CacheMethods;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.Interceptor;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code @CacheResult}, {@code @CachePut}, {@code @CacheRemove} and {@code @CacheRemoveAll}
 * work in a container of Jakarta CDI 4, over any JCache provider.
 *
 * <p>Caches are those of the bean of type {@link CacheManager} and no qualifier; where there is
 * none, those of the default manager of the default provider. The manager is asked for when the
 * first cache is needed, and is never closed here. Key generators and resolver factories are beans
 * where they are (a bean of the class, without a qualifier), and else made by their constructor
 * without arguments.
 *
 * <p>Calls are intercepted as those of any interceptor of CDI: of business methods, by others. An
 * object that calls its own annotated method is not intercepted; in Weld not even when it does so
 * by way of another object, unless the call comes over the proxy of a scope. Nor is an object that
 * a producer method made without an {@code InterceptionFactory}. Methods that cannot be intercepted
 * (private, static, final) are a definition error of the deployment, with a message that names the
 * method and what is allowed; so is a {@code CacheManager} that is ambiguous.
 *
 * <p>The container finds the extension as a service; one that is told to discover nothing may have
 * to be given it ({@code addExtensions}), as Weld.
 *
 * <p>The interceptors have the priority {@code LIBRARY_BEFORE}. Those of the platform, as of
 * transactions, are around them; those of the application are within, and not called on a hit.
 */
public final class CacheExtension implements Extension {
  private static final List<Class<? extends Annotation>> BINDINGS =
      List.of(CacheResult.class, CachePut.class, CacheRemove.class, CacheRemoveAll.class);
  private static final List<Class<? extends CacheInterceptor>> INTERCEPTORS =
      List.of(
          CacheResultInterceptor.class,
          CachePutInterceptor.class,
          CacheRemoveInterceptor.class,
          CacheRemoveAllInterceptor.class,
          InterfaceInterceptor.class);

  private final ContainerBeans beans = new ContainerBeans();
  private final CacheMethods methods = CacheMethods.of(beans::manager, beans);

  /** Made by the container. */
  public CacheExtension() {}

  /**
   * The annotations are those of javax, so their members carry a Nonbinding that Jakarta CDI does
   * not know: with the right one, one interceptor serves all their values.
   */
  void declare(@Observes BeforeBeanDiscovery event, BeanManager manager) {
    beans.use(manager);
    for (var binding : BINDINGS) {
      event
          .configureInterceptorBinding(binding)
          .methods()
          .forEach(member -> member.add(Nonbinding.Literal.INSTANCE));
    }
    event.addInterceptorBinding(AnnotatedInterface.class);
    for (var interceptor : INTERCEPTORS) {
      event.addAnnotatedType(interceptor, interceptor.getName());
    }
  }

  /** Annotations on a method of an interface hold too, where the method of the class has none. */
  <T> void inherit(@Observes ProcessAnnotatedType<T> event) {
    var type = event.getAnnotatedType().getJavaClass();
    if (type.isInterface() || isInterceptor(event.getAnnotatedType()) || !accepted(type)) {
      return;
    }
    event
        .configureAnnotatedType()
        .filterMethods(method -> isOfInterface(type, method.getJavaMember()))
        .forEach(method -> method.add(AnnotatedInterface.Literal.INSTANCE));
  }

  /** Those have the annotations to say which calls they are for. */
  private static boolean isInterceptor(AnnotatedType<?> type) {
    return type.isAnnotationPresent(Interceptor.class);
  }

  private boolean isOfInterface(Class<?> type, Method method) {
    return !method.isSynthetic()
        && !CacheMethods.concerns(method)
        && methods.find(type, method) != null;
  }

  /** What is wrong with a class is told when it becomes a bean, if ever it does. */
  private boolean accepted(Class<?> type) {
    try {
      methods.check(type);
      return true;
    } catch (CacheException e) {
      return false;
    }
  }

  <T> void check(@Observes ProcessManagedBean<T> event) {
    if (isInterceptor(event.getAnnotatedBeanClass())) {
      return;
    }
    try {
      methods.check(event.getAnnotatedBeanClass().getJavaClass());
    } catch (CacheException e) {
      event.addDefinitionError(e);
    }
  }

  void validate(@Observes AfterDeploymentValidation event) {
    try {
      beans.resolveManager();
    } catch (RuntimeException e) {
      event.addDeploymentProblem(e);
    }
  }

  void release(@Observes BeforeShutdown event) {
    beans.release();
  }

  /**
   * What is to be done for a call.
   *
   * @param target a bean, perhaps of a subclass that the container made up
   * @return null when the annotations of the class say nothing about the method
   */
  @Nullable CacheMethod find(Object target, Method method) {
    return methods.find(target.getClass(), method);
  }
}
