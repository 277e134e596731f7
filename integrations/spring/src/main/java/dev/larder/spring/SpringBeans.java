package dev.larder.spring;

import dev.larder.annotations.Beans;
import org.springframework.beans.factory.BeanFactory;

/** What annotations name by class: beans where they are, else made by their constructor. */
final class SpringBeans implements Beans {
  private final BeanFactory beans;

  SpringBeans(BeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public <T> T get(Class<T> type) {
    return beans.getBeanProvider(type).getIfAvailable(() -> Beans.constructed().get(type));
  }
}
