/**
 * Spring's cache abstraction over Larder: {@link dev.larder.spring.LarderCacheManager} in place of
 * Spring's own manager for JCache.
 */
@NullMarked
package dev.larder.spring;

import org.jspecify.annotations.NullMarked;
