package dev.larder.cdi;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;
import javax.cache.annotation.CacheRemoveAll;

@Interceptor
@CacheRemoveAll
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
final class CacheRemoveAllInterceptor extends CacheInterceptor {
  private static final long serialVersionUID = 1;
}
