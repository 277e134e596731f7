package dev.larder.cdi;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;
import javax.cache.annotation.CachePut;

@Interceptor
@CachePut
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
final class CachePutInterceptor extends CacheInterceptor {
  private static final long serialVersionUID = 1;
}
