/**
 * What the annotations of {@code javax.cache.annotation} do, for containers that can intercept
 * calls. A container makes one {@link CacheMethods}, asks it for the {@link CacheMethod} of a
 * method, and hands each {@link Call} to it.
 */
@NullMarked
package dev.larder.annotations;

import org.jspecify.annotations.NullMarked;
