package dev.larder.cdi;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;
import javax.cache.annotation.CacheResult;

@Interceptor
@CacheResult
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
final class CacheResultInterceptor extends CacheInterceptor {
  private static final long serialVersionUID = 1;
}
