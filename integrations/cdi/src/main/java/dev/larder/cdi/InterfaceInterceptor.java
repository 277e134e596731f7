package dev.larder.cdi;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;

@Interceptor
@AnnotatedInterface
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
final class InterfaceInterceptor extends CacheInterceptor {
  private static final long serialVersionUID = 1;
}
