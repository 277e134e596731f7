package dev.larder.cdi;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;
import javax.cache.annotation.CacheRemove;

@Interceptor
@CacheRemove
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
final class CacheRemoveInterceptor extends CacheInterceptor {
  private static final long serialVersionUID = 1;
}
