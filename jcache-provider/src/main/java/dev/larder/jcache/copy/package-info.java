/**
 * Copies of objects for caches that store by value. {@link dev.larder.jcache.copy.Copier} is the
 * way in; docs/decisions/0012 says what is shared, what is copied how, and why.
 */
@NullMarked
package dev.larder.jcache.copy;

import org.jspecify.annotations.NullMarked;
